{{ config(schema='measure') }}

-- Nearest rank over days and weeks, straight from the times: there are about as many different values as times.
-- quantile_disc takes the value of rank ceil(share x count), which is the nearest rank, and passes over what is
-- empty.
with

{% for unit in ['leg', 'turn', 'unit'] -%}
    {{ unit }}_days as (

        select
            scope_number,
            'day' as period_kind,
            contact_date as period_start,
            quantile_disc(columns(* exclude (scope_number, contact_date)), [0.5, 0.9])
        from {{ ref('int_measure__' ~ unit ~ '_time') }}
        group by scope_number, contact_date

    ),

    {{ unit }}_weeks as (

        select
            scope_number,
            'week' as period_kind,
            date_trunc('week', contact_date)::date as period_start,
            quantile_disc(columns(* exclude (scope_number, contact_date)), [0.5, 0.9])
        from {{ ref('int_measure__' ~ unit ~ '_time') }}
        group by scope_number, date_trunc('week', contact_date)::date

    ),

{% endfor -%}

together as (

    select * from leg_days
    union all by name
    select * from leg_weeks
    union all by name
    select * from turn_days
    union all by name
    select * from turn_weeks
    union all by name
    select * from unit_days
    union all by name
    select * from unit_weeks

),

by_fact as (

    unpivot together
    on columns(* exclude (scope_number, period_kind, period_start))
    into name percentile_fact value percentiles

)

select
    percentile_fact,
    scope_number,
    period_kind,
    period_start,
    percentiles[1]::decimal(18, 3) as p50,
    percentiles[2]::decimal(18, 3) as p90
from by_fact
