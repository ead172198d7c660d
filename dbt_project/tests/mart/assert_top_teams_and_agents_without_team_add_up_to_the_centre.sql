-- Teams without a team above them, with the agents that are in none and what no agent did, are the centre, for what
-- adds up at all. An agent under two such teams counts in both, so his work is taken off once. Visitors and the
-- customers among them belong to no team.
with

additive as (

    select measure from {{ ref('dim_measure') }}
    where
        not counts_contacts
        and rollup = 'sum'
        and measure not in ({{ measures_of_nobody() }})

),

tops as (

    select team_id from {{ ref('dim_team') }}
    where parent_team_id is null

),

agent_tops as (

    select
        agent_teams.agent_id,
        agent_teams.agent_date,
        count(distinct agent_teams.team_id) as top_count
    from {{ ref('bridge_agent_team_day') }} as agent_teams
    semi join tops
        on agent_teams.team_id = tops.team_id
    group by agent_teams.agent_id, agent_teams.agent_date

),

work as (

    {{ work_of_agents() }}
    union all by name
    {{ unclaimed_messages() }}

),

placed as (

    select
        work.*,
        1 - coalesce(agent_tops.top_count, 0) as missing_count
    from work
    left join agent_tops
        on
            work.agent_id = agent_tops.agent_id
            and work.agent_date = agent_tops.agent_date

),

differing as (

    select
        scope_date,
        {{ each_work_measure('sum(missing_count * {}) as {}') }}
    from placed
    where missing_count != 0
    group by scope_date

),

scope_days as (

    select * from {{ ref('int_measure__scope_day') }}
    where
        kpi_group = ''
        and {{ on_changed_dates('scope_date') }}

),

top_days as (

    select scope_days.*
    from scope_days
    semi join tops
        on scope_days.scope_id = tops.team_id
    where scope_days.scope_kind = 'team'

),

top_sums as (

    select
        scope_date,
        {{ each_work_measure('sum({}) as {}') }}
    from top_days
    group by scope_date

),

together as (

    select * from differing
    union all by name
    select * from top_sums

),

expected_wide as (

    select
        scope_date,
        {{ each_work_measure('coalesce(sum({}), 0)::decimal(38, 8) as {}') }}
    from together
    group by scope_date

),

found_wide as (

    select * exclude (kpi_group, scope_kind, scope_id) from scope_days
    where scope_kind = 'centre'

),

{{ amounts_that_differ(['scope_date']) }}
