with

legs as (

    select * from {{ ref('int_contact__leg') }}

),

contacts as (

    select * from {{ ref('int_contact__base') }}

),

messages as (

    select * from {{ ref('int_message__leg') }}

),

responses as (

    select
        contact_number,
        leg_number,
        count(*) as turns,
        sum(response_seconds) as response_seconds,
        sum(response_business_seconds) as response_business_seconds,
        sum(customer_response_seconds) as customer_response_seconds,
        sum(response_from_last_seconds) as response_from_last_seconds
    from {{ ref('int_message__response') }}
    group by contact_number, leg_number

),

first_responses as (

    select * from {{ ref('int_message__first_response') }}

),

transfers as (

    select
        contact_key,
        leg_number,
        count(*) as transfer_events,
        min_by(part, not is_first_of_leg) as part,
        min_by(transfer_kind, not is_first_of_leg) as transfer_kind
    from {{ ref('int_contact__transfer_part') }}
    group by contact_key, leg_number

),

customers as (

    select * from {{ ref('int_customer__contact') }}

),

origins as (

    select * from {{ ref('int_contact__leg_origin') }}

),

quarters as (

    select * from {{ ref('int_contact__quarter') }}

),

joined as (

    select
        legs.leg_key,
        legs.contact_key,
        legs.leg_number,
        legs.source_id,
        contacts.contact_id,
        contacts.channel,
        contacts.direction,
        legs.queue_id,
        if(
            legs.visit_number is null and contacts.queue_id is null,
            null,
            legs.contact_key || '@' || coalesce(legs.visit_number, 0)
        ) as visit_key,
        legs.agent_id,
        contacts.contact_date,
        quarters.local_date as agent_date,
        legs.connected_at,
        legs.ended_at,
        legs.end_kind,
        legs.leg_key = contacts.owner_leg_key as is_owner_leg,
        legs.is_test,
        contacts.is_handled and not legs.is_test as is_counted,
        contacts.is_message_recorded and not legs.is_test as has_messages,
        contacts.is_mix_recorded and not legs.is_test as has_mix,
        contacts.is_valid,
        contacts.is_handled,
        contacts.is_routing_recorded,
        contacts.is_transfer_recorded,
        legs.duration_ms,
        legs.talk_ms,
        legs.hold_ms,
        legs.wrap_up_ms,
        messages.customer_messages,
        messages.agent_messages,
        messages.system_messages,
        responses.* exclude (contact_number, leg_number),  -- noqa: RF02
        first_responses.* exclude (leg_key),  -- noqa: RF02
        transfers.* exclude (contact_key, leg_number),  -- noqa: RF02
        customers.* exclude (contact_key),  -- noqa: RF02
        origins.* exclude (leg_key)  -- noqa: RF02
    from legs
    inner join contacts on legs.contact_key = contacts.contact_key
    left join quarters on epoch_us(legs.connected_at) // 900000000 = quarters.quarter_number
    left join messages
        on
            legs.contact_number = messages.contact_number
            and legs.leg_number = messages.leg_number
    left join responses
        on
            legs.contact_number = responses.contact_number
            and legs.leg_number = responses.leg_number
    left join first_responses on legs.leg_key = first_responses.leg_key
    left join transfers
        on
            legs.contact_key = transfers.contact_key
            and legs.leg_number = transfers.leg_number
    left join customers on legs.contact_key = customers.contact_key
    left join origins on legs.leg_key = origins.leg_key

),

-- Conditions on the left side of a join make it a nested loop, so they stand here instead.
judged as (

    select
        *,
        is_counted and is_transfer_recorded and transfer_events is not null as is_transferred
    from joined

)

select
    leg_key,
    contact_key,
    leg_number,
    source_id,
    landing_day,
    file_name,
    record_number,
    line_number,
    contact_id,
    channel,
    direction,
    queue_id,
    visit_key,
    agent_id,
    contact_date,
    agent_date,
    connected_at,
    ended_at,
    end_kind,
    is_owner_leg,
    is_test,
    cast(is_routing_recorded and not is_test as bigint) as connect_attempts,
    cast(is_routing_recorded and is_counted as bigint) as connects,
    cast(is_counted as bigint) as contacts_handled,
    cast(is_counted and is_transfer_recorded as bigint) as contacts_transfer_recorded,
    cast(is_transferred as bigint) as contacts_transferred,
    cast(is_transferred and part = 'same_queue' as bigint) as contacts_transferred_same_queue,
    cast(is_transferred and part = 'other_queue' as bigint) as contacts_transferred_other_queue,
    cast(is_transferred and part = 'expert' as bigint) as contacts_transferred_expert,
    cast(is_transferred and transfer_kind = 'blind' as bigint) as contacts_transferred_blind,
    cast(is_transferred and transfer_kind = 'warm' as bigint) as contacts_transferred_warm,
    if(is_transferred, transfer_events, 0) as transfer_events,
    cast(is_counted and duration_ms is not null as bigint) as duration_contacts,
    cast(if(is_counted, 0.001 * coalesce(duration_ms, 0), 0) as decimal(18, 3)) as contact_duration_seconds,
    cast(is_counted and coalesce(is_answered, false) as bigint) as first_response_legs,
    cast(if(is_counted, 0.001 * coalesce(first_response_ms, 0), 0) as decimal(18, 3)) as first_response_seconds,
    cast(if(is_counted and is_answered, 0.001 * coalesce(first_response_business_ms, 0), 0) as decimal(18, 3))
        as first_response_business_seconds,
    cast(is_counted and coalesce(is_unanswered, false) as bigint) as first_response_unanswered_legs,
    cast(is_counted and coalesce(is_first_for_customer, false) as bigint) as customer_first_response_contacts,
    cast(if(is_counted, 0.001 * coalesce(customer_first_response_ms, 0), 0) as decimal(18, 3))
        as customer_first_response_seconds,
    coalesce(turns, 0) as response_turns,
    cast(coalesce(response_seconds, 0) as decimal(18, 3)) as response_seconds,
    cast(coalesce(response_business_seconds, 0) as decimal(18, 3)) as response_business_seconds,
    cast(coalesce(customer_response_seconds, 0) as decimal(18, 3)) as customer_response_seconds,
    cast(coalesce(response_from_last_seconds, 0) as decimal(18, 3)) as response_from_last_seconds,
    cast(turns is not null as bigint) as contacts_with_turns,
    cast(coalesce(response_seconds / turns, 0) as decimal(18, 4)) as contact_mean_response_seconds,
    if(has_messages, coalesce(customer_messages, 0), 0) as customer_messages,
    if(has_messages, coalesce(agent_messages, 0), 0) as agent_messages,
    if(has_mix, coalesce(system_messages, 0), 0) as system_messages,
    if(has_mix, coalesce(customer_messages + agent_messages + system_messages, 0), 0) as mixed_messages,
    if(has_mix, coalesce(customer_messages, 0), 0) as mixed_customer_messages,
    if(has_mix, coalesce(agent_messages, 0), 0) as mixed_agent_messages,
    if(has_mix, coalesce(system_messages, 0), 0) as mixed_system_messages,
    cast(has_messages and direction = 'inbound' and is_handled as bigint) as message_contacts_inbound,
    cast(has_messages and direction = 'inbound' and is_handled and not is_valid as bigint) as invalid_contacts_inbound,
    cast(has_messages and direction = 'callback' as bigint) as message_contacts_callback,
    cast(has_messages and direction = 'callback' and not is_valid as bigint) as invalid_contacts_callback,
    cast(has_messages and (is_handled or direction != 'inbound') as bigint) as message_contacts,
    cast(has_messages and (is_handled or direction != 'inbound') and not is_valid as bigint) as invalid_contacts,
    cast(if(is_counted, 0.001 * talk_ms, 0) as decimal(18, 3)) as talk_seconds,
    cast(if(is_counted, 0.001 * hold_ms, 0) as decimal(18, 3)) as hold_seconds,
    cast(if(is_counted, 0.001 * coalesce(wrap_up_ms, 0), 0) as decimal(18, 3)) as wrap_up_seconds,
    -- Of a leg whose end nobody knows, nobody knows the handling either.
    cast(
        if(is_counted and duration_ms is not null, 0.001 * (talk_ms + hold_ms + coalesce(wrap_up_ms, 0)), 0)
        as decimal(18, 3)
    ) as handle_seconds,
    cast(is_counted as bigint) as handled_legs,
    cast(is_counted and direction in ('callback', 'outbound') as bigint) as handled_legs_outgoing,
    cast(is_counted and duration_ms is not null as bigint) as handled_legs_timed,
    cast(is_counted and wrap_up_ms is not null as bigint) as wrap_up_contacts,
    if(is_owner_leg, coalesce(fcr_cases, 0), 0) as fcr_cases,
    if(is_owner_leg, coalesce(fcr_resolved, 0), 0) as fcr_resolved,
    if(is_owner_leg, coalesce(fcr_provisional_cases, 0), 0) as fcr_provisional_cases,
    if(is_owner_leg, coalesce(repeat_cases, 0), 0) as repeat_cases,
    if(is_owner_leg, coalesce(repeats_24h, 0), 0) as repeats_24h,
    if(is_owner_leg, coalesce(repeats_72h, 0), 0) as repeats_72h
from judged
