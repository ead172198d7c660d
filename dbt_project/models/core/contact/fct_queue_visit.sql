-- One after the other: the joins of both wide facts beside each other need more memory than there is, and spill.
-- depends_on: {{ ref('fct_contact') }}
with

stays as (

    select * from {{ ref('int_queue__stay') }}

),

contacts as (

    select * from {{ ref('int_contact__base') }}

),

access_measures as (

    select * from {{ ref('int_contact__access') }}
    where unit = 'visit'

),

customers as (

    select * from {{ ref('int_customer__contact') }}

),

origins as (

    select * from {{ ref('int_queue__visit_origin') }}

),

durations as (

    select * from {{ ref('int_contact__duration') }}

),

legs as (

    select * from {{ ref('fct_contact_leg') }}
    where visit_key is not null

),

-- Where a contact has one leg, the sums of its visit are that leg's; else counts stand once however many have them.
leg_sums as (

    select
        visit_key,
        columns(
            '^(contacts_handled|contacts_transfer.*|contacts_with_turns|wrap_up_contacts'
            || '|customer_first_response_contacts|(message|invalid)_contacts.*|fcr_.*)$'
        ),
        columns('^(transfer_events|response_turns|first_response_(unanswered_)?legs|handled_legs.*)$'),
        columns('^(customer|agent|system)_messages$'),
        columns(
            '^((talk|hold|wrap_up|handle|response_business|response_from_last|contact_mean_response)_seconds'
            || '|(customer_)?(first_)?response_seconds|first_response_business_seconds)$'
        )
    from legs
    where is_owner_leg and leg_number = 1
    union all by name
    select
        visit_key,
        max(columns(
            '^(contacts_handled|contacts_transfer.*|contacts_with_turns|wrap_up_contacts'
            || '|customer_first_response_contacts|(message|invalid)_contacts.*|fcr_.*)$'
        )),
        cast(
            sum(columns(
                '^(transfer_events|response_turns|first_response_(unanswered_)?legs|handled_legs.*)$'
            )) as bigint
        ),
        cast(sum(columns('^(customer|agent|system)_messages$')) as bigint),
        cast(sum(columns(
            '^((talk|hold|wrap_up|handle|response_business|response_from_last)_seconds'
            || '|(customer_)?(first_)?response_seconds|first_response_business_seconds)$'
        )) as decimal(18, 3)),
        cast(coalesce(sum(response_seconds) / nullif(sum(response_turns), 0), 0) as decimal(18, 4))
            as contact_mean_response_seconds
    from legs
    where not (is_owner_leg and leg_number = 1)
    group by visit_key

),

-- Messages of a contact that no agent ever had stand in its first visit.
unclaimed as (

    select
        stays.visit_key,
        if(contacts.is_message_recorded, contacts.customer_messages, 0) as customer_messages,
        if(contacts.is_message_recorded, contacts.agent_messages, 0) as agent_messages,
        if(contacts.is_mix_recorded, contacts.system_messages, 0) as system_messages,
        contacts.is_mix_recorded
    from stays
    inner join contacts on stays.contact_key = contacts.contact_key
    where
        contacts.leg_count = 0
        and stays.visit_number <= 1
        and not contacts.is_test

),

joined as (

    select
        stays.*,
        contacts.contact_id,
        contacts.channel,
        contacts.direction,
        contacts.contact_date,
        contacts.is_test,
        origins.* exclude (visit_key),  -- noqa: RF02
        durations.duration_ms,
        access_measures.* exclude (unit, unit_key),  -- noqa: RF02
        leg_sums.* exclude (visit_key, customer_messages, agent_messages, system_messages),  -- noqa: RF02
        coalesce(leg_sums.customer_messages, unclaimed.customer_messages, 0) as customer_messages,
        coalesce(leg_sums.agent_messages, unclaimed.agent_messages, 0) as agent_messages,
        coalesce(leg_sums.system_messages, unclaimed.system_messages, 0) as system_messages,
        contacts.is_mix_recorded and not contacts.is_test as has_mix,
        if(stays.visit_number <= 1, customers.repeat_cases, 0) as repeat_cases,
        if(stays.visit_number <= 1, customers.repeats_24h, 0) as repeats_24h,
        if(stays.visit_number <= 1, customers.repeats_72h, 0) as repeats_72h
    from stays
    inner join contacts on stays.contact_key = contacts.contact_key
    inner join access_measures on stays.visit_key = access_measures.unit_key
    left join leg_sums on stays.visit_key = leg_sums.visit_key
    left join unclaimed on stays.visit_key = unclaimed.visit_key
    left join customers on stays.contact_key = customers.contact_key
    left join origins on stays.visit_key = origins.visit_key
    left join durations on stays.contact_key = durations.contact_key

)

select
    visit_key,
    contact_key,
    visit_number,
    source_id,
    landing_day,
    file_name,
    record_number,
    line_number,
    contact_id,
    channel,
    direction,
    queue_id,
    contact_date,
    entered_at,
    left_at,
    outcome,
    exit_reason,
    is_line_missing,
    is_test,
    contacts_received,
    contacts_blocked,
    contacts_blocked_full,
    contacts_blocked_closed,
    contacts_blocked_unstaffed,
    contacts_blocked_diverted,
    contacts_blocked_otherwise,
    contacts_routed,
    connect_attempts,
    connects,
    coalesce(contacts_handled, 0) as contacts_handled,
    contacts_abandoned,
    contacts_abandoned_wait_recorded,
    contacts_abandoned_short,
    contacts_abandoned_counted,
    contacts_left_otherwise,
    contacts_still_queued,
    contacts_wait_recorded,
    contacts_waited,
    waited_seconds,
    routed_wait_seconds,
    contacts_answered,
    contacts_answered_wait_recorded,
    answer_wait_seconds,
    contacts_waited_over_limit,
    abandon_seconds_all,
    abandon_seconds_counted,
    service_level_met,
    service_level_offered,
    coalesce(contacts_transfer_recorded, 0) as contacts_transfer_recorded,
    coalesce(contacts_transferred, 0) as contacts_transferred,
    coalesce(contacts_transferred_same_queue, 0) as contacts_transferred_same_queue,
    coalesce(contacts_transferred_other_queue, 0) as contacts_transferred_other_queue,
    coalesce(contacts_transferred_expert, 0) as contacts_transferred_expert,
    coalesce(contacts_transferred_blind, 0) as contacts_transferred_blind,
    coalesce(contacts_transferred_warm, 0) as contacts_transferred_warm,
    coalesce(transfer_events, 0) as transfer_events,
    -- Above the agent a contact has one duration, whoever had a part in it.
    cast(coalesce(contacts_handled, 0) = 1 and duration_ms is not null as bigint) as duration_contacts,
    cast(if(coalesce(contacts_handled, 0) = 1, 0.001 * coalesce(duration_ms, 0), 0) as decimal(18, 3))
        as contact_duration_seconds,
    coalesce(first_response_legs, 0) as first_response_legs,
    coalesce(first_response_seconds, 0) as first_response_seconds,
    coalesce(first_response_business_seconds, 0) as first_response_business_seconds,
    coalesce(first_response_unanswered_legs, 0) as first_response_unanswered_legs,
    coalesce(customer_first_response_contacts, 0) as customer_first_response_contacts,
    coalesce(customer_first_response_seconds, 0) as customer_first_response_seconds,
    coalesce(response_turns, 0) as response_turns,
    coalesce(response_seconds, 0) as response_seconds,
    coalesce(response_business_seconds, 0) as response_business_seconds,
    coalesce(customer_response_seconds, 0) as customer_response_seconds,
    coalesce(response_from_last_seconds, 0) as response_from_last_seconds,
    coalesce(contacts_with_turns, 0) as contacts_with_turns,
    coalesce(contact_mean_response_seconds, 0) as contact_mean_response_seconds,
    customer_messages,
    agent_messages,
    system_messages,
    if(has_mix, customer_messages + agent_messages + system_messages, 0) as mixed_messages,
    if(has_mix, customer_messages, 0) as mixed_customer_messages,
    if(has_mix, agent_messages, 0) as mixed_agent_messages,
    if(has_mix, system_messages, 0) as mixed_system_messages,
    coalesce(message_contacts_inbound, 0) as message_contacts_inbound,
    coalesce(invalid_contacts_inbound, 0) as invalid_contacts_inbound,
    coalesce(message_contacts_callback, 0) as message_contacts_callback,
    coalesce(invalid_contacts_callback, 0) as invalid_contacts_callback,
    coalesce(message_contacts, 0) as message_contacts,
    coalesce(invalid_contacts, 0) as invalid_contacts,
    coalesce(talk_seconds, 0) as talk_seconds,
    coalesce(hold_seconds, 0) as hold_seconds,
    coalesce(wrap_up_seconds, 0) as wrap_up_seconds,
    coalesce(handle_seconds, 0) as handle_seconds,
    coalesce(handled_legs, 0) as handled_legs,
    coalesce(handled_legs_timed, 0) as handled_legs_timed,
    coalesce(wrap_up_contacts, 0) as wrap_up_contacts,
    waited_business_seconds,
    coalesce(fcr_cases, 0) as fcr_cases,
    coalesce(fcr_resolved, 0) as fcr_resolved,
    coalesce(fcr_provisional_cases, 0) as fcr_provisional_cases,
    coalesce(repeat_cases, 0) as repeat_cases,
    coalesce(repeats_24h, 0) as repeats_24h,
    coalesce(repeats_72h, 0) as repeats_72h
from joined
