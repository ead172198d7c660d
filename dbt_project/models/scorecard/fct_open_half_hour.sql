with

openings as (

    select * from {{ ref('int_opening__interval') }}
    where closes_at > opens_at

),

shifts as (

    select * from {{ ref('stg_shifts') }}
    where
        shift_kind = 'work'
        and starts_at < ends_at

),

-- As subqueries below: a zone as a column of a join would be looked up for each row, at ten times the cost.
settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of_date from {{ ref('int_as_of') }}

),

recorded as (

    select min(recorded_from) as shifts_from
    from {{ ref('int_source__topic') }}
    where topic = 'shifts'

),

-- From the first half-hour of an opening to its last, counted from the local hour.
slots as (

    select
        channel,
        opens_at,
        closes_at,
        unnest(range(
            opens_at - to_microseconds(
                epoch_us(timezone((select settings.time_zone from settings), opens_at)) % 1800000000
            ),
            closes_at,
            interval 30 minute
        )) as half_hour_started_at
    from openings

),

dated as (

    select
        channel,
        half_hour_started_at,
        cast(timezone((select settings.time_zone from settings), half_hour_started_at) as date) as local_date,
        greatest(half_hour_started_at, opens_at) as open_from,
        least(half_hour_started_at + interval 30 minute, closes_at) as open_until
    from slots

),

told as (

    select dated.*
    from dated
    inner join recorded on dated.local_date >= recorded.shifts_from
    where dated.local_date <= (select covered.as_of_date from covered)

),

-- In the order in which shifts begin and half-hours close, of one instant half-hours first.
in_order as (

    select
        local_date,
        half_hour_started_at,
        channel,
        open_from,
        open_until as met_at,
        cast(null as timestamptz) as ends_at
    from told
    union all by name
    select
        starts_at as met_at,
        ends_at
    from shifts

),

-- Of all shifts that began before a half-hour closed, one reaches furthest.
met as (

    select
        *,
        max(ends_at) over (
            order by met_at, ends_at nulls first rows between unbounded preceding and current row
        ) as planned_until
    from in_order

)

select
    local_date,
    half_hour_started_at,
    list_sort(list(distinct channel)) as channels,
    bool_or(coalesce(planned_until > open_from, false)) as is_planned
from met
where half_hour_started_at is not null
group by local_date, half_hour_started_at
