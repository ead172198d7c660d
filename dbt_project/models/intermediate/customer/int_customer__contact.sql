with

contacts as (

    select * from {{ ref('int_kept__contact') }}

),

remade as (

    select * from {{ ref('stg_remade_date') }}

),

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

-- The contacts that are asked of, and those that come within a window after them.
asked_dates as (

    select
        remade.remade_date
        + cast(unnest(range(greatest(settings.fcr_window_days, 3) + 2)) as integer) as asked_date
    from remade
    cross join settings

),

-- What a bot settled alone is no contact with the centre, neither as a case nor as a repeat.
customer_contacts as (

    select
        contact_key,
        contact_id,
        customer_id,
        topic,
        started_at,
        contact_date,
        is_handled,
        direction = 'inbound' as is_inbound,
        direction = 'callback' as is_callback
    from contacts
    where
        is_identified
        and not is_test
        and not is_bot_only
        and contact_date in (select asked_dates.asked_date from asked_dates)

),

-- The next one is looked up, never joined: one customer may have thousands of contacts.
followed as (

    select
        contact_key,
        topic,
        started_at,
        contact_date,
        is_handled and is_inbound as is_case,
        min(if(is_callback, started_at, null)) over later as next_callback_at,
        min(if(is_inbound, started_at, null)) over later as next_inbound_at,
        min(if(is_inbound and topic is null, started_at, null)) over later as next_unknown_topic_at,
        min(if(is_inbound, started_at, null)) over later_on_topic as next_same_topic_at
    from customer_contacts
    window
        later as (
            partition by customer_id
            order by started_at, contact_id, contact_key
            rows between 1 following and unbounded following
        ),
        later_on_topic as (
            partition by customer_id, topic
            order by started_at, contact_id, contact_key
            rows between 1 following and unbounded following
        )

),

reopened as (

    select
        contact_key,
        started_at,
        contact_date,
        next_inbound_at,
        is_case,
        least(
            next_callback_at,
            if(topic is null, next_inbound_at, least(next_unknown_topic_at, next_same_topic_at))
        ) as returned_at
    from followed

)

select
    reopened.contact_key,
    cast(reopened.is_case as bigint) as fcr_cases,
    cast(
        reopened.is_case
        -- As numbers: days are added to an instant by a calendar, at several times the cost.
        and coalesce(
            epoch_us(reopened.returned_at) - epoch_us(reopened.started_at) > settings.fcr_window_days * 86400000000,
            true
        ) as bigint
    ) as fcr_resolved,
    -- By whole dates: the last date that data reach counts as covered, so that a day's cohort closes at once.
    cast(
        reopened.is_case and reopened.contact_date + settings.fcr_window_days > as_of.as_of_date as bigint
    ) as fcr_provisional_cases,
    cast(1 as bigint) as repeat_cases,
    cast(coalesce(reopened.next_inbound_at <= reopened.started_at + to_hours(24), false) as bigint) as repeats_24h,
    cast(coalesce(reopened.next_inbound_at <= reopened.started_at + to_hours(72), false) as bigint) as repeats_72h
from reopened
cross join settings
cross join as_of
