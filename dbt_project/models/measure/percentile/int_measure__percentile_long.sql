-- Nearest rank over months and longer, from counted values: the first value at which the running count reaches the
-- rank. Millions of rows are sorted by numbers, since sorting by texts takes twice as long.
with

months as (

    select * from {{ ref('int_measure__time_month') }}

),

covered as (

    select
        valued_from,
        kept_from
    from {{ ref('int_as_of') }}

),

series as (

    select
        percentile_fact,
        scope_number,
        row_number() over ()::integer as series_number
    from months
    group by percentile_fact, scope_number

),

spans as (

    select
        series.series_number,
        months.seconds,
        months.cases,
        unnest(['month', 'quarter', 'year', 'all']::enum('month', 'quarter', 'year', 'all')[]) as period_kind,
        unnest([
            months.period_start,
            date_trunc('quarter', months.period_start)::date,
            date_trunc('year', months.period_start)::date,
            covered.valued_from
        ]) as period_start
    from months
    inner join series
        on
            months.scope_number = series.scope_number
            and months.percentile_fact = series.percentile_fact
    cross join covered
    where
        covered.kept_from is null
        or months.period_start >= date_trunc('month', covered.kept_from)

),

counted as (

    select
        series_number,
        period_kind,
        period_start,
        seconds,
        sum(cases)::bigint as cases
    from spans
    group by series_number, period_kind, period_start, seconds

),

ranked as (

    select
        *,
        sum(cases) over (
            partition by series_number, period_kind, period_start
            order by seconds
            rows unbounded preceding
        ) as running_cases,
        sum(cases) over (
            partition by series_number, period_kind, period_start
        ) as all_cases
    from counted

),

-- The ranks ceil(count / 2) and ceil(9 x count / 10), without a division.
placed as (

    select
        series_number,
        period_kind,
        period_start,
        min(seconds) filter (2 * running_cases >= all_cases) as p50,
        min(seconds) filter (10 * running_cases >= 9 * all_cases) as p90
    from ranked
    group by series_number, period_kind, period_start

)

select
    series.percentile_fact,
    series.scope_number,
    placed.period_kind::varchar as period_kind,
    placed.period_start,
    placed.p50::decimal(18, 3) as p50,
    placed.p90::decimal(18, 3) as p90
from placed
inner join series
    on placed.series_number = series.series_number
