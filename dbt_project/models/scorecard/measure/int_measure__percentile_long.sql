{{ config(schema='measure') }}

-- Nearest rank over months and longer, from counted values: the first value at which the running count reaches the
-- rank.
with

months as (

    select * from {{ ref('int_measure__time_month') }}

),

covered as (

    select first_date from {{ ref('int_as_of') }}

),

spans as (

    select
        months.* exclude (period_start),
        unnest(['month', 'quarter', 'year', 'all']) as period_kind,
        unnest([
            months.period_start,
            date_trunc('quarter', months.period_start)::date,
            date_trunc('year', months.period_start)::date,
            covered.first_date
        ]) as period_start
    from months
    cross join covered

),

counted as (

    select
        percentile_fact,
        scope_number,
        period_kind,
        period_start,
        seconds,
        sum(cases) as cases
    from spans
    group by percentile_fact, scope_number, period_kind, period_start, seconds

),

ranked as (

    select
        *,
        sum(cases) over (
            partition by percentile_fact, scope_number, period_kind, period_start
            order by seconds
        ) as running_cases,
        sum(cases) over (
            partition by percentile_fact, scope_number, period_kind, period_start
        ) as all_cases
    from counted

)

-- Ranks in whole numbers: ceil(count / 2) and ceil(9 x count / 10).
select
    percentile_fact,
    scope_number,
    period_kind,
    period_start,
    (min(seconds) filter (running_cases >= (all_cases + 1) // 2))::decimal(18, 3) as p50,
    (min(seconds) filter (running_cases >= (9 * all_cases + 9) // 10))::decimal(18, 3) as p90
from ranked
group by percentile_fact, scope_number, period_kind, period_start
