{{ config(materialized='ephemeral') }}

-- One row per topic, local date and window of two hours with contacts now or in the weeks before. Windows without any
-- have no row, so that the work grows with contacts and not with topics: what they would add to any sum is nothing.
with

windows as (

    select * from {{ ref('int_measure__clock_window') }}

),

settings as (

    select weeks from {{ ref('stg_topic_signal') }}

),

weeks_later as (

    select unnest(range(1, weeks + 1))::integer * 7 as day_count
    from settings

),

centre as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

-- The whole date of the topic: where an event began and ended is what detection says, which needs the events before.
events as (

    select distinct
        topic,
        local_date
    from {{ ref('int_measure__signal_action') }}
    where verdict = 'true_event'

),

begun as (

    select
        half_hour_started_at,
        topic,
        count(*) as contacts
    from {{ ref('fct_contact') }}
    where
        direction = 'inbound'
        and not is_test
        and (is_received or is_handled)
    group by half_hour_started_at, topic

),

half_hours as (

    select
        half_hour_started_at,
        timezone((select centre.time_zone from centre), half_hour_started_at) as clock
    from (select distinct begun.half_hour_started_at from begun) as half_hours_in_use

),

clocked as (

    select
        begun.topic,
        half_hours.clock::date as local_date,
        extract('hour' from half_hours.clock)::integer as local_hour,
        begun.contacts
    from begun
    inner join half_hours on begun.half_hour_started_at = half_hours.half_hour_started_at

),

hours as (

    select *
    from clocked
    where topic != '*'
    union all
    select * replace ('*' as topic)
    from clocked

),

counted as (

    select
        hours.topic,
        hours.local_date,
        hours.local_hour + ends.hours_later as hour_end,
        sum(hours.contacts)::bigint as contacts,
        coalesce(sum(hours.contacts) filter (ends.hours_later = 1), 0)::bigint as last_hour_contacts
    from hours
    cross join (values (1), (2)) as ends (hours_later)
    group by hours.topic, hours.local_date, hours.local_hour + ends.hours_later

),

-- Each window is carried to the dates that it says something of: an equal date joins much faster than a range of them.
past as (

    select
        counted.topic,
        counted.local_date + weeks_later.day_count as local_date,
        counted.hour_end,
        sum(counted.contacts)::bigint as contacts,
        sum(counted.last_hour_contacts)::bigint as last_hour_contacts,
        sum(counted.contacts * counted.contacts)::bigint as squares
    from counted
    inner join windows
        on
            counted.local_date = windows.local_date
            and counted.hour_end = windows.hour_end
    left join events
        on
            counted.topic = events.topic
            and counted.local_date = events.local_date
    cross join weeks_later
    where
        windows.is_reference
        and events.topic is null
    group by counted.topic, counted.local_date + weeks_later.day_count, counted.hour_end

),

references_of_all as (

    select
        windows.local_date + weeks_later.day_count as local_date,
        windows.hour_end,
        count(*) as reference_count
    from windows
    cross join weeks_later
    where windows.is_reference
    group by windows.local_date + weeks_later.day_count, windows.hour_end

),

references_left_out as (

    select
        events.topic,
        events.local_date + weeks_later.day_count as local_date,
        windows.hour_end,
        count(*) as reference_count
    from events
    inner join windows on events.local_date = windows.local_date
    cross join weeks_later
    where windows.is_reference
    group by events.topic, events.local_date + weeks_later.day_count, windows.hour_end

),

together as (

    select
        coalesce(counted.topic, past.topic) as topic,
        coalesce(counted.local_date, past.local_date) as local_date,
        coalesce(counted.hour_end, past.hour_end) as hour_end,
        coalesce(counted.contacts, 0) as contacts,
        coalesce(counted.last_hour_contacts, 0) as last_hour_contacts,
        coalesce(past.contacts, 0) as past_contacts,
        coalesce(past.last_hour_contacts, 0) as past_last_hour_contacts,
        coalesce(past.squares, 0) as past_squares
    from counted
    full outer join past
        on
            counted.topic = past.topic
            and counted.local_date = past.local_date
            and counted.hour_end = past.hour_end

)

select
    together.*,
    windows.ended_at,
    windows.is_holiday,
    coalesce(references_of_all.reference_count, 0)
    - coalesce(references_left_out.reference_count, 0) as reference_count
from together
inner join windows
    on
        together.local_date = windows.local_date
        and together.hour_end = windows.hour_end
left join references_of_all
    on
        together.local_date = references_of_all.local_date
        and together.hour_end = references_of_all.hour_end
left join references_left_out
    on
        together.topic = references_left_out.topic
        and together.local_date = references_left_out.local_date
        and together.hour_end = references_left_out.hour_end
