{{ config(materialized='view') }}

-- One row per date of the days, weeks and months whose values are made anew: percentiles need every time of theirs.
with

period_days as (

    select * from {{ ref('int_measure__period_day') }}
    where period_kind in ('day', 'week', 'month')

),

touched as (

    select * from {{ ref('int_measure__touched_period') }}

)

select distinct period_days.period_date as timed_date
from period_days
semi join touched
    on
        period_days.period_kind = touched.period_kind
        and period_days.period_start = touched.period_start
