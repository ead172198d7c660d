{{ config(schema='measure') }}

-- One row per scope, month and different time with its number of cases: what longer periods need, at a fraction of
-- the rows.
with

turns as (

    select
        scope_number,
        date_trunc('month', contact_date)::date as period_start,
        'response' as percentile_fact,
        response as seconds,
        count(*) as cases
    from {{ ref('int_measure__turn_time') }}
    group by scope_number, date_trunc('month', contact_date)::date, response

),

legs as (

    unpivot {{ ref('int_measure__leg_time') }}
    on columns(* exclude (scope_number, contact_date))
    into name percentile_fact value seconds

),

units as (

    unpivot {{ ref('int_measure__unit_time') }}
    on columns(* exclude (scope_number, contact_date))
    into name percentile_fact value seconds

),

legs_and_units as (

    select
        scope_number,
        contact_date,
        percentile_fact,
        seconds
    from legs
    union all
    select
        scope_number,
        contact_date,
        percentile_fact,
        seconds
    from units

)

select
    scope_number,
    period_start,
    percentile_fact,
    seconds,
    cases
from turns
union all
select
    scope_number,
    date_trunc('month', contact_date)::date as period_start,
    percentile_fact,
    seconds,
    count(*) as cases
from legs_and_units
group by scope_number, date_trunc('month', contact_date)::date, percentile_fact, seconds
