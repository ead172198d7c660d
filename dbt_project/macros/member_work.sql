{#- CTEs that end in `member_work`: one row per KPI group, agent, day, channel and the like of what agents did on the dates
    that fit, with all measures and the teams that were theirs then. -#}
{% macro member_work(condition) -%}
{%- set day_facts = ['int_rating__eligible', 'fct_agent_day', 'int_customer__repeat', 'int_measure__person_day'] -%}
contact_days as not materialized (

    select * from {{ ref('int_measure__agent_contact_day') }}
    where {{ condition }}

),

person_days as not materialized (

    select * from {{ ref('int_measure__person_day') }}
    where {{ condition }}

),

worked_dates as (

    select agent_date from contact_days
    union
    select agent_date from person_days

),

agent_teams as (

    select * from {{ ref('bridge_agent_team_day') }}
    where agent_date in (select worked_dates.agent_date from worked_dates)

),

since as (

    select * from {{ ref('int_topic__since') }}

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
    -- What no agent has by himself has its place among the measures as well.
    select {{ each_measure('null::{type} as {}', rollup=none) }}
    where false

),

member_work as (

    select
        work.* replace ({{ recorded_since('work') }}),
        coalesce(paths.home_path, []) as home_path,
        coalesce(paths.guest_teams, []) as guest_teams
    from work
    cross join since
    left join paths
        on
            work.agent_id = paths.agent_id
            and work.agent_date = paths.agent_date

)
{%- endmacro %}
