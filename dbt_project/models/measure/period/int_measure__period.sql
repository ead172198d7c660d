-- One row per period of each kind that the data touch. A period ends before period_end; as_of_date is the last day
-- covered.
with

covered as (

    select
        valued_from,
        as_of_date
    from {{ ref('int_as_of') }}

),

settings as (

    select close_after_days from {{ ref('stg_centre_setting') }}

),

days as (

    select unnest(range(valued_from::timestamp, (as_of_date + 1)::timestamp, interval 1 day))::date as day_date
    from covered

),

periods as (

    select distinct
        'day' as period_kind,
        day_date as period_start,
        day_date + 1 as period_end
    from days
    union all
    select distinct
        'week' as period_kind,
        date_trunc('week', day_date)::date as period_start,
        date_trunc('week', day_date)::date + 7 as period_end
    from days
    union all
    select distinct
        'month' as period_kind,
        date_trunc('month', day_date)::date as period_start,
        (date_trunc('month', day_date) + interval 1 month)::date as period_end
    from days
    union all
    select distinct
        'quarter' as period_kind,
        date_trunc('quarter', day_date)::date as period_start,
        (date_trunc('quarter', day_date) + interval 3 month)::date as period_end
    from days
    union all
    select distinct
        'year' as period_kind,
        date_trunc('year', day_date)::date as period_start,
        (date_trunc('year', day_date) + interval 1 year)::date as period_end
    from days
    union all
    select
        'all' as period_kind,
        valued_from as period_start,
        as_of_date + 1 as period_end
    from covered
    union all
    select
        lengths.period_kind,
        days.day_date + 1 - lengths.day_count as period_start,
        days.day_date + 1 as period_end
    from days
    cross join
        (values ('trailing_7', 7), ('trailing_28', 28), ('trailing_365', 365)) as lengths (period_kind, day_count)

)

select
    periods.period_kind,
    periods.period_start,
    periods.period_end,
    periods.period_kind like 'trailing%' as is_trailing,
    periods.period_end > covered.as_of_date as is_latest,
    least(periods.period_end, covered.as_of_date + 1)
    - greatest(periods.period_start, covered.valued_from) as covered_days,
    least(periods.period_end - 1, covered.as_of_date) as last_covered_date,
    covered.as_of_date < periods.period_end + settings.close_after_days as is_open
from periods
cross join covered
cross join settings
