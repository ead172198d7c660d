-- What adds up at all (not contacts, which a team counts once) is in a team and day what the legs, ratings, reviews
-- and working days of its agents, by the membership of that day, add up to.
with

additive as (

    select measure from {{ ref('dim_measure') }}
    where
        not counts_contacts
        and rollup = 'sum'
        and measure not in ({{ each_measure("'{}'", ['fct_forecast_interval', 'fct_team_record']) }})

),

agent_teams as (

    select distinct
        agent_id,
        agent_date,
        team_id
    from {{ ref('bridge_agent_team_day') }}

),

work as (

    {{ work_of_agents() }}

),

expected_wide as (

    select
        agent_teams.team_id as scope_id,
        work.scope_date,
        {{ each_work_measure('coalesce(sum(work.{}), 0)::decimal(38, 8) as {}') }}
    from work
    inner join agent_teams
        on
            work.agent_id = agent_teams.agent_id
            and work.agent_date = agent_teams.agent_date
    group by agent_teams.team_id, work.scope_date

),

found_wide as (

    select * exclude (kpi_group, scope_kind)
    from {{ ref('int_measure__scope_day') }}
    where
        kpi_group = ''
        and scope_kind = 'team'
        and {{ on_changed_dates('scope_date') }}

),

{{ amounts_that_differ(['scope_id', 'scope_date']) }}
