{{ config(materialized='ephemeral') }}

-- One row per month that the data touch, of a centre that has a policy for assessments at all.
with

months as (

    select * from {{ ref('int_measure__period') }}
    where period_kind = 'month'

),

policies as (

    select * from {{ ref('stg_policy_versions') }}
    where section = 'assessment'

)

select
    period_start as month_start,
    period_end as month_end,
    last_covered_date,
    is_open,
    date_diff('day', period_start, period_end) as month_days
from months
where exists (select 1 from policies)
