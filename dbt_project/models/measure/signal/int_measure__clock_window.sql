{{ config(materialized='ephemeral') }}

-- One row per local date and window of two full hours by the clock that is over. A window that the clocks were changed
-- in has not two hours, and no row.
with

covered as (

    select * from {{ ref('int_as_of') }}

),

-- As a subquery below: the zone as a column of a join would be looked up for each row.
settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

holidays as (

    select distinct holiday_on from {{ ref('stg_holiday') }}

),

incidents as (

    select * from {{ ref('fct_incident') }}
    where is_effective

),

-- Nobody could call, or nobody wrote it down: either way the date says nothing of what is usual.
dates_with_contacts as (

    select distinct contact_date
    from {{ ref('fct_contact') }}
    where direction = 'inbound'

),

-- A day more on either side: what is local is not UTC.
quarters as (

    select
        valued_from,
        as_of_date,
        as_of,
        unnest(
            range((valued_from - date '1970-01-02') * 96, (as_of_date - date '1970-01-01' + 2) * 96)
        ) as quarter_number
    from covered

),

clocks as (

    select
        *,
        make_timestamptz(quarter_number * 900000000) as begins_at,
        timezone((select settings.time_zone from settings), make_timestamptz(quarter_number * 900000000)) as clock
    from quarters

),

hours as (

    select
        clock::date as local_date,
        extract('hour' from clock)::integer as local_hour,
        max(begins_at) + interval 15 minute as ended_at,
        count(*) as quarter_count
    from clocks
    where
        clock::date between valued_from and as_of_date
        and begins_at + interval 15 minute <= as_of
    group by clock::date, extract('hour' from clock)

),

windows as (

    select
        hours.local_date,
        hours.local_hour + ends.hours_later as hour_end,
        max(hours.ended_at) as ended_at
    from hours
    cross join (values (1), (2)) as ends (hours_later)
    where hours.local_hour + ends.hours_later between 2 and 24
    group by hours.local_date, hours.local_hour + ends.hours_later
    having sum(hours.quarter_count) = 8 and count(*) = 2

),

hit as (

    select distinct
        windows.local_date,
        windows.hour_end
    from windows
    inner join incidents
        on
            windows.ended_at > incidents.started_at
            and windows.ended_at - interval 2 hour < incidents.ended_at

)

select
    windows.local_date,
    windows.hour_end,
    windows.ended_at,
    holidays.holiday_on is not null as is_holiday,
    holidays.holiday_on is null
    and dates_with_contacts.contact_date is not null
    and hit.hour_end is null as is_reference
from windows
left join holidays on windows.local_date = holidays.holiday_on
left join dates_with_contacts on windows.local_date = dates_with_contacts.contact_date
left join hit
    on
        windows.local_date = hit.local_date
        and windows.hour_end = hit.hour_end
