{{ config(schema='measure') }}

-- One row per scope and period with the maxima of the period.
with

days as (

    select * from {{ ref('int_measure__peak_day') }}

),

periods as (

    select
        period_kind,
        period_start,
        period_end,
        is_trailing,
        is_latest
    from {{ ref('int_measure__period') }}

)

select
    days.scope_kind,
    days.scope_id,
    periods.period_kind,
    periods.period_start,
    max(days.peak_concurrent_legs) as peak_concurrent_legs,
    max(days.configured_max_concurrent) as configured_max_concurrent,
    max(days.peak_cap_share) as peak_cap_share
from days
inner join periods
    on
        days.scope_date >= periods.period_start
        and days.scope_date < periods.period_end
        and (not periods.is_trailing or periods.is_latest or days.scope_kind = 'centre')
group by days.scope_kind, days.scope_id, periods.period_kind, periods.period_start
