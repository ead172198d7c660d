{{ config(schema='measure') }}

-- Nearest rank over days and weeks, straight from the times: there are about as many different values as times. quantile_disc takes
-- the value of rank ceil(share x count), which is the nearest rank.
with

times as (

    select * from {{ ref('int_measure__scope_seconds') }}

),

days as (

    select
        percentile_fact,
        scope_kind,
        scope_id,
        'day' as period_kind,
        contact_date as period_start,
        quantile_disc(seconds, [0.5, 0.9]) as percentiles
    from times
    group by percentile_fact, scope_kind, scope_id, contact_date

),

weeks as (

    select
        percentile_fact,
        scope_kind,
        scope_id,
        'week' as period_kind,
        date_trunc('week', contact_date)::date as period_start,
        quantile_disc(seconds, [0.5, 0.9]) as percentiles
    from times
    group by percentile_fact, scope_kind, scope_id, date_trunc('week', contact_date)::date

),

together as (

    select * from days
    union all
    select * from weeks

)

select
    percentile_fact,
    scope_kind,
    scope_id,
    period_kind,
    period_start,
    percentiles[1]::decimal(18, 3) as p50,
    percentiles[2]::decimal(18, 3) as p90
from together
