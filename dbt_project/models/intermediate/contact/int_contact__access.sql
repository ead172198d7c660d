{{ config(materialized='view') }}

-- What became of each contact and of each stay in a queue, told once for both: unit is `contact` or `visit`.
with

contacts as (

    select * from {{ ref('int_contact__base') }}

),

waits as (

    select * from {{ ref('int_contact__wait') }}

),

stays as (

    select * from {{ ref('int_queue__stay') }}

),

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

of_contacts as (

    select
        'contact' as unit,
        contacts.contact_key as unit_key,
        contacts.is_received,
        contacts.is_blocked,
        contacts.refusal_reason,
        contacts.is_routing_recorded,
        contacts.is_routing_missing,
        contacts.is_handled and not contacts.is_test as is_connected,
        contacts.is_received or (contacts.direction != 'inbound' and not contacts.is_test) as is_attempt,
        contacts.last_outcome as outcome,
        waits.wait_ms,
        waits.business_ms
    from contacts
    left join waits on contacts.contact_key = waits.contact_key

),

of_visits as (

    select
        'visit' as unit,
        stays.visit_key as unit_key,
        contacts.is_received and stays.outcome != 'blocked' as is_received,
        if(
            stays.outcome = 'none',
            contacts.is_blocked,
            stays.outcome = 'blocked' and contacts.direction = 'inbound' and not contacts.is_test
        ) as is_blocked,
        stays.exit_reason as refusal_reason,
        contacts.is_routing_recorded,
        contacts.is_routing_missing,
        contacts.is_handled and not contacts.is_test and stays.outcome in ('connected', 'none') as is_connected,
        (contacts.is_received or (contacts.direction != 'inbound' and not contacts.is_test))
        and stays.outcome != 'blocked' as is_attempt,
        stays.outcome,
        stays.wait_ms,
        stays.business_ms
    from stays
    inner join contacts on stays.contact_key = contacts.contact_key

),

together as (

    select * from of_contacts
    union all
    select * from of_visits

),

-- Waits are whole milliseconds, so that every limit below is compared exactly. An unknown wait is none of 0 ms: it
-- stands in no sum and in no count that a sum is divided by.
judged as (

    select
        together.unit,
        together.unit_key,
        together.is_received,
        together.is_blocked,
        -- A contact that several queues turned away was lost to the last of them.
        if(together.is_blocked, coalesce(together.refusal_reason, ''), null) as refusal_reason,
        -- Of a contact that no event speaks of nobody knows how it left; that nobody took it is known.
        together.is_received and together.is_routing_recorded and not together.is_routing_missing as is_routed,
        together.is_attempt and together.is_routing_recorded as is_attempt,
        together.is_connected,
        together.is_received and together.is_routing_recorded and together.is_connected as is_answered,
        together.is_received and together.is_routing_recorded and not together.is_connected
        and coalesce(together.outcome = 'abandoned', false) as is_abandoned,
        coalesce(together.outcome = 'open', false) as is_open,
        together.wait_ms is not null as is_wait_recorded,
        coalesce(together.wait_ms, 0) as wait_ms,
        coalesce(together.business_ms, 0) as business_ms,
        cast(1000 * settings.service_level_seconds as bigint) as service_level_ms,
        cast(1000 * settings.short_abandon_seconds as bigint) as short_abandon_ms,
        cast(1000 * settings.queue_placement_seconds as bigint) as queue_placement_ms
    from together
    cross join settings

)

select
    unit,
    unit_key,
    cast(is_received as bigint) as contacts_received,
    cast(is_blocked as bigint) as contacts_blocked,
    cast(is_blocked and refusal_reason = 'full' as bigint) as contacts_blocked_full,
    cast(is_blocked and refusal_reason = 'closed_hours' as bigint) as contacts_blocked_closed,
    cast(is_blocked and refusal_reason = 'join_empty' as bigint) as contacts_blocked_unstaffed,
    cast(is_blocked and refusal_reason = 'diverted' as bigint) as contacts_blocked_diverted,
    cast(is_blocked and refusal_reason not in ('full', 'closed_hours', 'join_empty', 'diverted') as bigint)
        as contacts_blocked_otherwise,
    cast(is_routed as bigint) as contacts_routed,
    cast(is_attempt as bigint) as connect_attempts,
    cast(is_attempt and is_connected as bigint) as connects,
    cast(is_abandoned as bigint) as contacts_abandoned,
    cast(is_abandoned and is_wait_recorded as bigint) as contacts_abandoned_wait_recorded,
    cast(is_abandoned and is_wait_recorded and wait_ms <= short_abandon_ms as bigint) as contacts_abandoned_short,
    cast(is_abandoned and wait_ms > short_abandon_ms as bigint) as contacts_abandoned_counted,
    cast(is_routed and not is_connected and not is_abandoned and not is_open as bigint) as contacts_left_otherwise,
    cast(is_routed and not is_connected and is_open as bigint) as contacts_still_queued,
    cast(is_routed and is_wait_recorded as bigint) as contacts_wait_recorded,
    cast(is_routed and wait_ms >= 1000 as bigint) as contacts_waited,
    cast(if(is_routed and wait_ms >= 1000, 0.001 * wait_ms, 0) as decimal(18, 3)) as waited_seconds,
    cast(if(is_routed and wait_ms >= 1000, 0.001 * business_ms, 0) as decimal(18, 3)) as waited_business_seconds,
    cast(if(is_routed, 0.001 * wait_ms, 0) as decimal(18, 3)) as routed_wait_seconds,
    cast(is_answered as bigint) as contacts_answered,
    cast(is_answered and is_wait_recorded as bigint) as contacts_answered_wait_recorded,
    cast(if(is_answered, 0.001 * wait_ms, 0) as decimal(18, 3)) as answer_wait_seconds,
    cast(is_routed and wait_ms > queue_placement_ms as bigint) as contacts_waited_over_limit,
    cast(if(is_abandoned, 0.001 * wait_ms, 0) as decimal(18, 3)) as abandon_seconds_all,
    cast(if(is_abandoned and wait_ms > short_abandon_ms, 0.001 * wait_ms, 0) as decimal(18, 3))
        as abandon_seconds_counted,
    cast(is_answered and is_wait_recorded and wait_ms <= service_level_ms as bigint) as service_level_met,
    cast((is_answered and is_wait_recorded) or (is_abandoned and wait_ms > short_abandon_ms) as bigint)
        as service_level_offered
from judged
