-- One row per period and day in it that the data cover: an equal date joins faster than a range of dates.
with

periods as (

    select * from {{ ref('int_measure__period') }}

),

covered as (

    select
        valued_from,
        as_of_date
    from {{ ref('int_as_of') }}

)

select
    periods.period_kind,
    periods.period_start,
    not periods.is_trailing or periods.is_latest as is_for_every_scope,
    unnest(range(
        greatest(periods.period_start, covered.valued_from)::timestamp,
        least(periods.period_end, covered.as_of_date + 1)::timestamp,
        interval 1 day
    ))::date as period_date
from periods
cross join covered
