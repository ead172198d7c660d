-- One row per scope and period with the maxima of the period.
with

days as (

    select * from {{ ref('int_measure__peak_day') }}

),

period_days as (

    select * from {{ ref('int_measure__period_day') }}

)

select
    days.scope_kind,
    days.scope_id,
    period_days.period_kind,
    period_days.period_start,
    max(days.peak_concurrent_legs) as peak_concurrent_legs,
    max(days.configured_max_concurrent) as configured_max_concurrent,
    max(days.peak_cap_share) as peak_cap_share
from days
inner join period_days
    on days.scope_date = period_days.period_date
where
    period_days.is_for_every_scope
    or days.scope_kind = 'centre'
group by days.scope_kind, days.scope_id, period_days.period_kind, period_days.period_start
