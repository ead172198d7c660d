-- One row per KPI group, agent, set of teams and period: what the agent did while these were his teams, all measures as
-- one list in the order of the catalogue. Who moved has several rows, and of nobody known the agent is empty.
{%- set day_facts = ['int_rating__eligible', 'fct_agent_day', 'int_customer__repeat', 'int_measure__person_day'] %}
with

contact_days as (

    select * from {{ ref('int_measure__agent_contact_day') }}

),

person_days as (

    select * from {{ ref('int_measure__person_day') }}

),

agent_teams as (

    select * from {{ ref('bridge_agent_team_day') }}

),

since as (

    select * from {{ ref('int_topic__since') }}

),

periods as (

    select * from {{ ref('int_measure__impact_period') }}

),

period_days as (

    select
        period_days.period_kind,
        period_days.period_start,
        period_days.period_date
    from {{ ref('int_measure__period_day') }} as period_days
    semi join periods
        on
            period_days.period_kind = periods.period_kind
            and period_days.period_start = periods.period_start

),

-- The home path leads from the home team up. A guest is in a team, and in those above it, that are not on his path.
paths as (

    select
        agent_id,
        agent_date,
        coalesce(list(team_id order by distance) filter (is_home_path), []) as home_path,
        coalesce(list(team_id order by team_id) filter (not is_home_path), []) as guest_teams
    from agent_teams
    group by agent_id, agent_date

),

work as (

    select
        kpi_group,
        agent_id,
        agent_date,
        scope_date,
        {{ each_measure('{}', 'fct_contact_leg') }}
    from contact_days
    union all by name
    select
        kpi_group,
        agent_id,
        agent_date,
        scope_date,
        {{ each_measure('{}', day_facts) }},
        {{ each_measure_of_records('{}') }}
    from person_days
    union all by name
    -- What no agent has by himself has its place in the list as well.
    select {{ each_measure('null::{type} as {}', rollup=none) }}
    where false

),

recorded as (

    select work.* replace ({{ recorded_since('work') }})
    from work
    cross join since

)

select
    recorded.kpi_group,
    recorded.agent_id,
    coalesce(paths.home_path, []) as home_path,
    coalesce(paths.guest_teams, []) as guest_teams,
    period_days.period_kind,
    period_days.period_start,
    count(*) as work_rows,
    [
        {{ each_measure('coalesce(sum(recorded.{}), 0)::decimal(18, 4)', rollup=none) }}
    ] as amounts
from recorded
inner join period_days
    on recorded.scope_date = period_days.period_date
left join paths
    on
        recorded.agent_id = paths.agent_id
        and recorded.agent_date = paths.agent_date
group by
    recorded.kpi_group,
    recorded.agent_id,
    coalesce(paths.home_path, []),
    coalesce(paths.guest_teams, []),
    period_days.period_kind,
    period_days.period_start
