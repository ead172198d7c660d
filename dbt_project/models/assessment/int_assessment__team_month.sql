{{ config(materialized='ephemeral') }}

-- One row per team and month in which it had people: its kind at the month's end, and its headcount-days.
with

scope_periods as (

    select
        scope_id,
        period_start,
        headcount_days,
        agent_days
    from {{ ref('int_measure__scope_period') }}
    where
        kpi_group = ''
        and scope_kind = 'team'
        and period_kind = 'month'

),

months as (

    select * from {{ ref('int_assessment__month') }}

),

team_versions as (

    select * from {{ ref('int_team__version') }}

)

select
    scope_periods.scope_id as team_id,
    scope_periods.period_start as month_start,
    team_versions.team_kind,
    cast(scope_periods.headcount_days as bigint) as headcount_days
from scope_periods
inner join months on scope_periods.period_start = months.month_start
left join team_versions
    on
        scope_periods.scope_id = team_versions.team_id
        and months.last_covered_date >= team_versions.valid_from
        and months.last_covered_date < team_versions.valid_to
where
    scope_periods.headcount_days > 0
    or scope_periods.agent_days > 0
