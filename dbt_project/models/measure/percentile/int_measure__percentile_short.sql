-- Nearest rank over days and weeks, straight from the times: there are about as many different values as times.
-- quantile_disc takes the value of rank ceil(share x count), which is the nearest rank, and passes over what is
-- empty. (The times of all scopes are never held in memory: they are told anew for days and weeks.)
with

sets as (

    select * from {{ ref('int_measure__scope_set') }}

),

leg_times as (

    select * from {{ ref('int_measure__leg_time') }}

),

turn_times as (

    select * from {{ ref('int_measure__turn_time') }}

),

unit_times as (

    select
        *,
        date_trunc('week', contact_date)::date as week_start
    from {{ ref('int_measure__unit_time') }}

),

-- The week is told before a time is told anew for each of its ten scopes.
leg_scope_times as not materialized (

    select
        unnest(sets.scope_numbers) as scope_number,
        date_trunc('week', leg_times.contact_date)::date as week_start,
        leg_times.* exclude (set_number)  -- noqa: RF02
    from leg_times
    inner join sets
        on leg_times.set_number = sets.set_number

),

turn_scope_times as not materialized (

    select
        unnest(sets.scope_numbers) as scope_number,
        date_trunc('week', turn_times.contact_date)::date as week_start,
        turn_times.* exclude (set_number)  -- noqa: RF02
    from turn_times
    inner join sets
        on turn_times.set_number = sets.set_number

),

{% for times in ['leg_scope_times', 'turn_scope_times', 'unit_times'] -%}
    {{ times }}_of_days as (

        select
            scope_number,
            'day' as period_kind,
            contact_date as period_start,
            quantile_disc(columns(* exclude (scope_number, contact_date, week_start)), [0.5, 0.9])
        from {{ times }}
        group by scope_number, contact_date

    ),

    {{ times }}_of_weeks as (

        select
            scope_number,
            'week' as period_kind,
            week_start as period_start,
            quantile_disc(columns(* exclude (scope_number, contact_date, week_start)), [0.5, 0.9])
        from {{ times }}
        group by scope_number, week_start

    ),

{% endfor -%}

together as (

    select * from leg_scope_times_of_days
    union all by name
    select * from leg_scope_times_of_weeks
    union all by name
    select * from turn_scope_times_of_days
    union all by name
    select * from turn_scope_times_of_weeks
    union all by name
    select * from unit_times_of_days
    union all by name
    select * from unit_times_of_weeks

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
