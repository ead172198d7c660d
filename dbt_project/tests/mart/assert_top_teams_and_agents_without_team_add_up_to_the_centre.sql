-- Teams without a team above them, with the agents that are in none, are the centre, for what adds up. An agent
-- under two such teams counts in both, so days on which there is one are left out.
with

tops as (

    select team_id from {{ ref('dim_team') }}
    where parent_team_id is null

),

agent_tops as (

    select distinct
        agent_teams.agent_id,
        agent_teams.agent_date,
        agent_teams.team_id
    from {{ ref('bridge_agent_team_day') }} as agent_teams
    inner join tops
        on agent_teams.team_id = tops.team_id

),

agent_days as (

    select * from {{ ref('fct_agent_day') }}

),

unclear_dates as (

    select agent_date
    from agent_tops
    group by agent_id, agent_date
    having count(*) > 1

),

without_team as (

    select
        agent_days.agent_date as scope_date,
        sum(agent_days.signed_in_seconds) as signed_in_seconds,
        sum(agent_days.agent_days) as agent_days
    from agent_days
    anti join agent_tops
        on
            agent_days.agent_id = agent_tops.agent_id
            and agent_days.agent_date = agent_tops.agent_date
    group by agent_days.agent_date

),

scope_days as (

    select * from {{ ref('int_measure__scope_day') }}
    where kpi_group = ''

),

team_sums as (

    select
        scope_days.scope_date,
        sum(scope_days.signed_in_seconds) as signed_in_seconds,
        sum(scope_days.agent_days) as agent_days
    from scope_days
    inner join tops
        on scope_days.scope_id = tops.team_id
    where scope_days.scope_kind = 'team'
    group by scope_days.scope_date

)

select
    scope_days.scope_date,
    scope_days.signed_in_seconds as centre_seconds,
    team_sums.signed_in_seconds as team_seconds,
    without_team.signed_in_seconds as seconds_without_team
from scope_days
left join team_sums
    on scope_days.scope_date = team_sums.scope_date
left join without_team
    on scope_days.scope_date = without_team.scope_date
where
    scope_days.scope_kind = 'centre'
    and scope_days.scope_date not in (select agent_date from unclear_dates)  -- noqa: RF02
    and (
        scope_days.signed_in_seconds
        != coalesce(team_sums.signed_in_seconds, 0) + coalesce(without_team.signed_in_seconds, 0)
        or scope_days.agent_days != coalesce(team_sums.agent_days, 0) + coalesce(without_team.agent_days, 0)
    )
