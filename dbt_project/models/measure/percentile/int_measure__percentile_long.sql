-- Nearest rank over months and longer, from counted values: the first value at which the running count reaches the
-- rank. Values are counted in coarse bins first, and only those of the bin that holds a rank are put in order: sorting
-- the millions of a year took most of the time. Any bins do that grow with their values.
with

months as (

    select
        numbers.scope_number,
        times.period_start,
        times.percentile_fact,
        times.seconds,
        times.cases
    from {{ ref('int_measure__time_month') }} as times
    inner join {{ ref('int_measure__scope_number') }} as numbers
        on
            times.scope_kind = numbers.scope_kind
            and times.scope_id = numbers.scope_id

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

month_starts as (

    select distinct period_start as month_start from months

),

month_spans as (

    select
        month_starts.month_start,
        unnest(['month', 'quarter', 'year', 'all']::enum('month', 'quarter', 'year', 'all')[]) as period_kind,
        unnest([
            month_starts.month_start,
            date_trunc('quarter', month_starts.month_start)::date,
            date_trunc('year', month_starts.month_start)::date,
            covered.valued_from
        ]) as period_start
    from month_starts
    cross join covered
    where
        covered.kept_from is null
        or month_starts.month_start >= date_trunc('month', covered.kept_from)

),

-- A month long ago is asked for by one period of its four, or by none: nothing is told of it for the others.
touched_spans as (

    select * from month_spans
    where {{ of_touched_periods() }}

),

spans as not materialized (

    select
        series.series_number,
        months.seconds,
        floor(4 * sqrt(greatest(months.seconds, 0)::double))::integer as bin,
        months.cases,
        touched_spans.period_kind,
        touched_spans.period_start
    from months
    inner join touched_spans on months.period_start = touched_spans.month_start
    inner join series
        on
            months.scope_number = series.scope_number
            and months.percentile_fact = series.percentile_fact

),

bins as (

    select
        series_number,
        period_kind,
        period_start,
        bin,
        sum(cases)::bigint as cases
    from spans
    group by series_number, period_kind, period_start, bin

),

running_bins as (

    select
        *,
        sum(cases) over (
            partition by series_number, period_kind, period_start
            order by bin
            rows unbounded preceding
        ) as running_cases,
        sum(cases) over (
            partition by series_number, period_kind, period_start
        ) as all_cases
    from bins

),

-- Those in which one of the two ranks is reached.
ranked_bins as (

    select * from running_bins
    where
        (2 * running_cases >= all_cases and 2 * (running_cases - cases) < all_cases)
        or (10 * running_cases >= 9 * all_cases and 10 * (running_cases - cases) < 9 * all_cases)

),

counted as (

    select
        spans.series_number,
        spans.period_kind,
        spans.period_start,
        spans.bin,
        spans.seconds,
        sum(spans.cases)::bigint as cases
    from spans
    semi join ranked_bins
        on
            spans.series_number = ranked_bins.series_number
            and spans.period_kind = ranked_bins.period_kind
            and spans.period_start = ranked_bins.period_start
            and spans.bin = ranked_bins.bin
    group by spans.series_number, spans.period_kind, spans.period_start, spans.bin, spans.seconds

),

ranked as (

    select
        counted.series_number,
        counted.period_kind,
        counted.period_start,
        counted.seconds,
        ranked_bins.all_cases,
        ranked_bins.running_cases - ranked_bins.cases
        + sum(counted.cases) over (
            partition by counted.series_number, counted.period_kind, counted.period_start, counted.bin
            order by counted.seconds
            rows unbounded preceding
        ) as running_cases
    from counted
    inner join ranked_bins
        on
            counted.series_number = ranked_bins.series_number
            and counted.period_kind = ranked_bins.period_kind
            and counted.period_start = ranked_bins.period_start
            and counted.bin = ranked_bins.bin

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
