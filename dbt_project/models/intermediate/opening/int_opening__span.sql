{{ config(materialized='ephemeral') }}

with

schedules as (

    select * from {{ ref('stg_opening_hour') }}

),

holidays as (

    select * from {{ ref('stg_holiday') }}

),

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

placed as (

    select schedules.* replace (coalesce(schedules.time_zone, settings.time_zone) as time_zone)
    from schedules
    cross join settings

),

hours as (

    select
        channel,
        weekday,
        time_zone,
        cast(split_part(opens, ':', 1) as integer) * 60 + cast(split_part(opens, ':', 2) as integer) as opens_minute,
        cast(split_part(closes, ':', 1) as integer) * 60 + cast(split_part(closes, ':', 2) as integer)
            as closes_minute,
        coalesce(
            valid_from_at,
            {{ local_instant('time_zone', 'cast(valid_from as timestamp)') }},
            timestamptz '1900-01-01 00:00:00+00'
        ) as valid_from_at,
        coalesce(
            valid_to_at,
            {{ local_instant('time_zone', 'cast(valid_to as timestamp)') }},
            timestamptz '2999-01-01 00:00:00+00'
        ) as valid_to_at
    from placed

),

-- Two days beyond the data on either side: the zone of a schedule may be far from the centre's.
dates as (

    select cast(unnest(generate_series(first_date - 2, as_of_date + 2, interval 1 day)) as date) as local_date
    from as_of

),

-- A day that closes at or before its opening closes on the next date.
clocked as (

    select
        hours.channel,
        hours.time_zone,
        hours.valid_from_at,
        hours.valid_to_at,
        dates.local_date + to_minutes(hours.opens_minute) as opens,
        dates.local_date
        + to_minutes(hours.closes_minute + if(hours.closes_minute <= hours.opens_minute, 1440, 0)) as closes
    from hours
    inner join dates on hours.weekday = isodow(dates.local_date)
    anti join holidays
        on
            dates.local_date = holidays.holiday_on
            and hours.channel = coalesce(holidays.channel, hours.channel)

),

days as (

    select
        channel,
        valid_from_at,
        valid_to_at,
        {{ local_instant('time_zone', 'opens') }} as opens_at,
        {{ local_instant('time_zone', 'closes') }} as closes_at
    from clocked

),

-- What no schedule covers in time is open: hours that nobody stated can't be held against a wait.
reaches as (

    select
        channel,
        valid_from_at,
        valid_to_at,
        max(valid_to_at) over (
            partition by channel
            order by valid_from_at, valid_to_at
            rows between unbounded preceding and 1 preceding
        ) as reached_at,
        max(valid_to_at) over (partition by channel) as last_at
    from hours

),

spans as (

    select
        channel,
        greatest(opens_at, valid_from_at) as opens_at,
        least(closes_at, valid_to_at) as closes_at
    from days
    union all
    select
        channel,
        coalesce(reached_at, timestamptz '1900-01-01 00:00:00+00') as opens_at,
        valid_from_at as closes_at
    from reaches
    union all
    select distinct
        channel,
        last_at as opens_at,
        timestamptz '2999-01-01 00:00:00+00' as closes_at
    from reaches

)

select
    channel,
    opens_at,
    closes_at
from spans
where opens_at < closes_at
