with

windows as (

    select * from {{ ref('fct_topic_hour') }}

),

actions as (

    select * from {{ ref('int_measure__signal_action') }}

),

contacts as (

    select * from {{ ref('fct_contact') }}
    where
        direction = 'inbound'
        and not is_test
        and (is_received or is_handled)

),

complaints as (

    select * from {{ ref('fct_complaint') }}
    where complaints = 1

),

received as (

    select
        source_id || '/' || complaint_id as complaint_id,
        received_at
    from {{ ref('stg_complaints') }}

),

centre as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of_date from {{ ref('int_as_of') }}

),

-- Windows in a row of one topic and date have the same difference.
flagged as (

    select
        *,
        hour_end - row_number() over (partition by topic, local_date order by hour_end) as island
    from windows
    where window_state = 'signal'

),

episodes as (

    select
        topic,
        local_date,
        min(hour_end) as first_hour_end,
        max(hour_end) as last_hour_end,
        min(ended_at) as detected_at,
        max(ended_at) as ended_at,
        min_by(contacts_of_signal, hour_end) as contacts_needed,
        topic || '@' || strftime(local_date, '%Y-%m-%dT') || lpad(min(hour_end)::varchar, 2, '0') as signal_id
    from flagged
    group by topic, local_date, island

),

-- The last hour of every window, and the one before the first of them: that one at the level of the first window.
hours as (

    select
        episodes.signal_id,
        windows.ended_at - interval 1 hour as begun_at,
        windows.last_hour_contacts as contacts,
        windows.level_factor * windows.last_hour_mean as expected
    from episodes
    inner join windows
        on
            episodes.topic = windows.topic
            and episodes.local_date = windows.local_date
            and windows.hour_end between episodes.first_hour_end and episodes.last_hour_end
    union all
    select
        episodes.signal_id,
        windows.ended_at - interval 2 hour as begun_at,
        windows.contacts - windows.last_hour_contacts as contacts,
        windows.level_factor * (windows.reference_mean - windows.last_hour_mean) as expected
    from episodes
    inner join windows
        on
            episodes.topic = windows.topic
            and episodes.local_date = windows.local_date
            and episodes.first_hour_end = windows.hour_end

),

totals as (

    select
        signal_id,
        sum(contacts)::bigint as contacts,
        sum(expected::decimal(28, 10))::double as expected,
        -- Of hours with as many contacts the earliest is the peak.
        max_by(begun_at, contacts * 10000000000 - epoch(begun_at)::bigint) as peak_started_at
    from hours
    group by signal_id

),

-- When so many of the first window's contacts had landed as make a signal.
landed as (

    select
        episodes.signal_id,
        list_sort(list(contacts.landing_day))[any_value(episodes.contacts_needed)] as known_on
    from episodes
    inner join contacts
        on
            episodes.local_date = contacts.contact_date
            and episodes.topic in ('*', contacts.topic)
            and episodes.detected_at - interval 2 hour <= contacts.started_at
            and episodes.detected_at > contacts.started_at
    group by episodes.signal_id

),

known as (

    select
        episodes.*,
        totals.contacts,
        totals.expected,
        totals.peak_started_at,
        greatest(landed.known_on, episodes.local_date) as known_on,
        -- Files have a day and no hour: what came on a later day could be known from its beginning on.
        if(
            coalesce(landed.known_on > episodes.local_date, false),
            {{ local_instant('(select centre.time_zone from centre)', 'cast(landed.known_on as timestamp)') }},
            episodes.detected_at
        ) as known_at
    from episodes
    inner join totals on episodes.signal_id = totals.signal_id
    left join landed on episodes.signal_id = landed.signal_id

),

-- An action names the signal as it was then. Rows that came later may have moved its beginning: any of its hours does.
acted as (

    select
        known.signal_id,
        min_by(actions.action_id, (actions.taken_at, actions.action_id)) as action_id,
        min(actions.taken_at) as first_action_at,
        count(*) as action_count,
        bool_or(actions.action_kind in ('customer_notice', 'announcement')) as is_told,
        max_by(actions.verdict, (actions.taken_at, actions.action_id)) filter (actions.verdict is not null) as verdict
    from known
    inner join actions
        on
            known.topic = actions.topic
            and known.local_date = actions.local_date
            and actions.hour_end between known.first_hour_end and known.last_hour_end
    group by known.signal_id

),

complained as (

    select
        known.signal_id,
        min(received.received_at) as first_complaint_at,
        coalesce(sum(complaints.complaints_upheld + complaints.complaints_pending), 0)::bigint as complaints_received
    from known
    inner join complaints
        on
            known.topic in ('*', complaints.topic)
            and complaints.received_date between known.local_date and known.local_date + 2
    inner join received on complaints.complaint_id = received.complaint_id
    group by known.signal_id

),

told as (

    select known.*
    from known
    inner join acted on known.signal_id = acted.signal_id
    where acted.is_told

),

contacts_before as (

    select
        told.signal_id,
        count(*) as contacts
    from told
    inner join contacts
        on
            told.topic in ('*', contacts.topic)
            and told.local_date - 180 <= contacts.contact_date
            and told.local_date > contacts.contact_date
    group by told.signal_id

),

complaints_before as (

    select
        told.signal_id,
        sum(complaints.complaints_upheld + complaints.complaints_pending)::bigint as complaints
    from told
    inner join complaints
        on
            told.topic in ('*', complaints.topic)
            and told.local_date - 180 <= complaints.received_date
            and told.local_date > complaints.received_date
    group by told.signal_id

),

-- Below one expected complaint nothing can be said to have been avoided, nor before the days after it are over.
avoiding as (

    select
        told.signal_id,
        coalesce(complained.complaints_received, 0) as complaints_received,
        complaints_before.complaints / contacts_before.contacts * told.contacts as complaints_expected
    from told
    cross join covered
    inner join contacts_before on told.signal_id = contacts_before.signal_id
    inner join complaints_before on told.signal_id = complaints_before.signal_id
    left join complained on told.signal_id = complained.signal_id
    where
        complaints_before.complaints / contacts_before.contacts * told.contacts >= 1
        and told.local_date + 2 < covered.as_of_date

)

select
    known.signal_id,
    known.topic,
    known.local_date,
    known.first_hour_end,
    known.last_hour_end,
    known.detected_at,
    known.ended_at,
    known.known_on,
    known.known_at,
    known.known_on = known.local_date as is_known_within_day,
    known.contacts,
    known.expected,
    known.contacts - known.expected as excess,
    extract('hour' from timezone((select centre.time_zone from centre), known.peak_started_at))::integer as peak_hour,
    known.peak_started_at,
    complained.first_complaint_at,
    acted.first_action_at,
    acted.action_id,
    coalesce(acted.action_count, 0) as action_count,
    coalesce(acted.verdict, 'open') as signal_result,
    (epoch_us(known.peak_started_at) - epoch_us(known.known_at)) / 60000000 as minutes_to_peak,
    (epoch_us(complained.first_complaint_at) - epoch_us(known.known_at)) / 60000000 as minutes_to_complaint,
    (epoch_us(acted.first_action_at) - epoch_us(known.known_at)) / 60000000 as minutes_to_action,
    avoiding.complaints_expected,
    avoiding.complaints_received,
    avoiding.complaints_expected - avoiding.complaints_received as complaints_avoided_estimate
from known
left join acted on known.signal_id = acted.signal_id
left join complained on known.signal_id = complained.signal_id
left join avoiding on known.signal_id = avoiding.signal_id
order by known.local_date, known.detected_at, known.topic
