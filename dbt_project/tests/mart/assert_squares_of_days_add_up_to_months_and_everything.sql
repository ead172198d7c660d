-- Sums of squares, by which means have their intervals: those of the days of a month that is summed anew add up to
-- those of the month, and those of all months to those of everything, to the last digit.
with

days as (

    select
        kpi_group,
        scope_kind,
        scope_id,
        date_trunc('month', scope_date)::date as month_start,
        {{ each_measure('{}', squares=true) }}
    from {{ ref('int_measure__scope_day') }}
    where {{ on_changed_months('scope_date') }}

),

months as (

    select
        kpi_group,
        scope_kind,
        scope_id,
        month_start,
        {{ each_measure('{}', squares=true) }}
    from {{ ref('int_measure__scope_month') }}

),

everything as (

    select
        kpi_group,
        scope_kind,
        scope_id,
        {{ each_measure('{}', squares=true) }}
    from {{ ref('int_measure__scope_period') }}
    where period_kind = 'all'

),

covered as (

    select kept_from from {{ ref('int_as_of') }}

),

-- Each row of the two sides of an equation, with the side that it stands on.
wide as (

    select
        'month' as told_of,
        1 as side,
        *
    from days
    union all by name
    select
        'month' as told_of,
        -1 as side,
        *
    from months
    where {{ on_changed_months('month_start') }}
    union all by name
    select
        'all' as told_of,
        1 as side,
        months.* exclude (month_start)  -- noqa: RF02
    from months
    cross join covered
    where
        (
            covered.kept_from is null
            or months.month_start >= covered.kept_from
        )
        and exists (select 1 from everything)
    union all by name
    select
        'all' as told_of,
        -1 as side,
        *
    from everything

),

squares as (

    unpivot wide
    on {{ each_measure('{}', squares=true) }}
    into name measure value amount

)

select
    told_of,
    kpi_group,
    scope_kind,
    scope_id,
    month_start,
    measure,
    sum(side * amount) as difference
from squares
group by told_of, kpi_group, scope_kind, scope_id, month_start, measure
having sum(side * amount) != 0
