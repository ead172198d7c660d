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

-- Plans of several people that overlap or follow each other are one stretch of time.
begun as (

    select
        starts_at,
        ends_at,
        coalesce(
            starts_at > max(ends_at) over (
                order by starts_at, ends_at rows between unbounded preceding and 1 preceding
            ),
            true
        ) as is_begin
    from shifts

),

numbered as (

    select
        *,
        sum(cast(is_begin as integer)) over (order by starts_at, ends_at) as stretch_number
    from begun

),

stretches as (

    select
        min(starts_at) as starts_at,
        max(ends_at) as ends_at
    from numbered
    group by stretch_number

),

-- Of the stretches that began before a half-hour closed, the last one reaches furthest.
met as (

    select
        told.local_date,
        told.half_hour_started_at,
        told.channel,
        coalesce(stretches.ends_at > told.open_from, false) as is_planned
    from told
    asof left join stretches on told.open_until > stretches.starts_at

)

select
    local_date,
    half_hour_started_at,
    list_sort(list(distinct channel)) as channels,
    bool_or(is_planned) as is_planned
from met
group by local_date, half_hour_started_at
