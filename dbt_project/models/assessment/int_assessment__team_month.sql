{{ config(materialized='ephemeral') }}

-- One row per team and month in which it had people: its kind at the month's end, and its headcount-days.
with

covered as (

    select kept_from from {{ ref('int_as_of') }}

),

team_months as (

    select
        scope_months.scope_id,
        scope_months.month_start,
        scope_months.headcount_days,
        scope_months.agent_days
    from {{ ref('int_measure__scope_month') }} as scope_months
    cross join covered
    where
        scope_months.kpi_group = ''
        and scope_months.scope_kind = 'team'
        -- Of months before it the records are gone in part.
        and (
            covered.kept_from is null
            or scope_months.month_start >= covered.kept_from
        )

),

months as (

    select * from {{ ref('int_assessment__month') }}

),

team_versions as (

    select * from {{ ref('int_team__version') }}

)

select
    team_months.scope_id as team_id,
    team_months.month_start,
    team_versions.team_kind,
    cast(team_months.headcount_days as bigint) as headcount_days
from team_months
inner join months on team_months.month_start = months.month_start
left join team_versions
    on
        team_months.scope_id = team_versions.team_id
        and months.last_covered_date >= team_versions.valid_from
        and months.last_covered_date < team_versions.valid_to
where
    team_months.headcount_days > 0
    or team_months.agent_days > 0
