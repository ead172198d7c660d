-- Every window of all contacts of the last two weeks, every window of a signal, and every signal as a whole has the
-- contacts that began in its instants; and every flagged window is of one signal.
with

latest as (

    select max(local_date) as local_date from {{ ref('fct_topic_hour') }}

),

-- A signal of one window has the bounds of that window.
spans as (

    select
        'window' as told_as,
        windows.topic,
        windows.local_date,
        windows.ended_at - interval 2 hour as begun_at,
        windows.ended_at,
        windows.contacts
    from {{ ref('fct_topic_hour') }} as windows
    cross join latest
    where
        windows.window_state = 'signal'
        or (windows.topic = '*' and windows.local_date > latest.local_date - 14)
    union all
    select
        'signal' as told_as,
        topic,
        local_date,
        detected_at - interval 2 hour as begun_at,
        ended_at,
        contacts
    from {{ ref('fct_topic_signal') }}

),

contacts as (

    select * from {{ ref('fct_contact') }}
    where
        contact_date in (select spans.local_date from spans)
        and direction = 'inbound'
        and not is_test
        and (is_received or is_handled)

),

counted as (

    select
        spans.told_as,
        spans.topic,
        spans.local_date,
        spans.begun_at,
        spans.ended_at,
        spans.contacts,
        count(contacts.contact_key) as found_contacts
    from spans
    left join contacts
        on
            spans.local_date = contacts.contact_date
            and spans.begun_at <= contacts.started_at
            and spans.ended_at > contacts.started_at
            and spans.topic in ('*', contacts.topic)
    group by all

),

of_signals as (

    select
        'window' as told_as,
        windows.topic,
        windows.local_date,
        windows.ended_at - interval 2 hour as begun_at,
        windows.ended_at,
        1 as contacts,
        count(signals.signal_id) as found_contacts
    from {{ ref('fct_topic_hour') }} as windows
    left join {{ ref('fct_topic_signal') }} as signals
        on
            windows.topic = signals.topic
            and windows.local_date = signals.local_date
            and windows.hour_end between signals.first_hour_end and signals.last_hour_end
    where windows.window_state = 'signal'
    group by windows.topic, windows.local_date, windows.ended_at

)

select * from counted
where contacts != found_contacts
union all
select * from of_signals
where contacts != found_contacts
