-- One row per agent, day, channel and queue of a leg with the numbers of all scopes that the leg counts in, and of
-- those among them that are the agent's: his own, his teams' and theirs by channel.
-- (Lists made in order, or of distinct numbers, cost twice as much.)
with

works as (

    select distinct
        agent_id,
        agent_date,
        channel,
        queue_id
    from {{ ref('fct_contact_leg') }}

),

agent_teams as (

    select * from {{ ref('bridge_agent_team_day') }}

),

numbers as (

    select * from {{ ref('int_measure__scope_number') }}

),

work_teams as (

    select
        works.*,
        agent_teams.team_id
    from works
    inner join agent_teams
        on
            works.agent_id = agent_teams.agent_id
            and works.agent_date = agent_teams.agent_date

),

work_scopes as (

    select
        *,
        'agent' as scope_kind,
        agent_id as scope_id
    from works
    union all by name
    select
        *,
        'queue' as scope_kind,
        queue_id as scope_id
    from works
    union all by name
    select
        *,
        'channel' as scope_kind,
        channel as scope_id
    from works
    union all by name
    select
        *,
        'centre' as scope_kind,
        'centre' as scope_id
    from works
    union all by name
    select
        * exclude (team_id),
        'team' as scope_kind,
        team_id as scope_id
    from work_teams
    union all by name
    select
        * exclude (team_id),
        'team_channel' as scope_kind,
        team_id || '|' || channel as scope_id
    from work_teams

)

select
    work_scopes.agent_id,
    work_scopes.agent_date,
    work_scopes.channel,
    work_scopes.queue_id,
    list_sort(list_distinct(list(numbers.scope_number))) as scope_numbers,
    list_sort(
        list_distinct(
            list(numbers.scope_number) filter (where numbers.scope_kind in ('agent', 'team', 'team_channel'))
        )
    ) as agent_scope_numbers
from work_scopes
inner join numbers
    on
        work_scopes.scope_kind = numbers.scope_kind
        and work_scopes.scope_id = numbers.scope_id
group by work_scopes.agent_id, work_scopes.agent_date, work_scopes.channel, work_scopes.queue_id
