-- One row per kind of time, scope, month and different time with its number of cases: what longer periods need, at a
-- fraction of the rows. Kept by scopes and not by their numbers, which are others as soon as there is one more.
with

turns as (

    select * from {{ ref('int_measure__turn_time') }}

),

sets as (

    select * from {{ ref('int_measure__scope_set') }}

),

numbers as (

    select * from {{ ref('int_measure__scope_number') }}

),

legs as (

    unpivot {{ ref('int_measure__leg_time') }}
    on columns(* exclude (set_number, contact_date))
    into name percentile_fact value seconds

),

units as (

    unpivot {{ ref('int_measure__unit_time') }}
    on columns(* exclude (scope_number, contact_date))
    into name percentile_fact value seconds

),

-- Legs and turns are counted per set of scopes first, since each lies in ten scopes.
set_months as (

    select
        set_number,
        date_trunc('month', contact_date)::date as period_start,
        'response' as percentile_fact,
        response as seconds,
        count(*) as cases
    from turns
    group by set_number, date_trunc('month', contact_date), response
    union all
    select
        set_number,
        date_trunc('month', contact_date)::date as period_start,
        percentile_fact,
        seconds,
        count(*) as cases
    from legs
    group by set_number, date_trunc('month', contact_date), percentile_fact, seconds

),

scope_months as (

    select
        unnest(sets.scope_numbers) as scope_number,
        set_months.period_start,
        set_months.percentile_fact,
        set_months.seconds,
        set_months.cases
    from set_months
    inner join sets
        on set_months.set_number = sets.set_number

),

together as (

    select
        scope_number,
        period_start,
        percentile_fact,
        seconds,
        sum(cases)::bigint as cases
    from scope_months
    group by scope_number, period_start, percentile_fact, seconds
    union all
    select
        scope_number,
        date_trunc('month', contact_date)::date as period_start,
        percentile_fact,
        seconds,
        count(*) as cases
    from units
    group by scope_number, date_trunc('month', contact_date), percentile_fact, seconds

),

months as (

    select
        'month' as period_kind,
        *
    from together

)

select
    numbers.scope_kind,
    numbers.scope_id,
    months.period_kind,
    months.period_start,
    months.percentile_fact,
    months.seconds,
    months.cases
from months
inner join numbers
    on months.scope_number = numbers.scope_number
where {{ of_touched_periods() }}
