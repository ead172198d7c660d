{#- What a contact knows without its legs, or of them in its own way. -#}
{%- set own = [
    'connect_attempts', 'connects', 'contacts_handled', 'contacts_transferred_same_queue', 'contacts_transferred_other_queue',
    'contacts_transferred_expert', 'contacts_transferred_blind', 'contacts_transferred_warm', 'duration_contacts',
    'contact_duration_seconds', 'customer_messages', 'agent_messages', 'system_messages', 'mixed_messages',
    'mixed_customer_messages', 'mixed_agent_messages', 'mixed_system_messages', 'fcr_cases', 'fcr_resolved',
    'fcr_provisional_cases', 'repeat_cases', 'repeats_24h', 'repeats_72h'
] %}
with

contacts as (

    select * from {{ ref('int_contact__base') }}

),

access_measures as (

    select * from {{ ref('int_contact__access') }}
    where unit = 'contact'

),

waits as (

    select * from {{ ref('int_contact__wait') }}

),

durations as (

    select * from {{ ref('int_contact__duration') }}

),

remade as (

    select * from {{ ref('stg_remade_date') }}

),

legs as (

    select * from {{ ref('fct_contact_leg') }}
    where contact_date in (select remade.remade_date from remade)

),

leg_sums as (

    {{ leg_sums('contact_key') }}

),

first_transfers as (

    select * from {{ ref('int_contact__transfer_part') }}
    where is_first_of_contact

),

customers as (

    select * from {{ ref('int_customer__contact') }}

),

origins as (

    select * from {{ ref('int_contact__origin') }}

),

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

joined as (

    select
        contacts.*,
        waits.wait_ms,
        durations.duration_ms,
        durations.duration_method,
        contacts.is_end_missing and contacts.started_at + to_days(settings.close_after_days) > as_of.as_of as is_open,
        contacts.is_handled and not contacts.is_test as is_counted,
        contacts.is_message_recorded and not contacts.is_test as has_messages,
        contacts.is_mix_recorded and not contacts.is_test as has_mix,
        access_measures.* exclude (unit, unit_key),  -- noqa: RF02
        {{ each_measure('leg_sums.{}', 'fct_contact_leg', also='fct_contact', but=own) }},
        leg_sums.contacts_transferred = 1 as is_transferred,
        first_transfers.part,
        first_transfers.transfer_kind,
        customers.* exclude (contact_key),  -- noqa: RF02
        origins.* exclude (contact_key)  -- noqa: RF02
    from contacts
    inner join access_measures on contacts.contact_key = access_measures.unit_key
    cross join settings
    cross join as_of
    left join waits on contacts.contact_key = waits.contact_key
    left join durations on contacts.contact_key = durations.contact_key
    left join leg_sums on contacts.contact_key = leg_sums.contact_key
    left join first_transfers on contacts.contact_key = first_transfers.contact_key
    left join customers on contacts.contact_key = customers.contact_key
    left join origins on contacts.contact_key = origins.contact_key

)

select
    contact_key,
    source_id,
    landing_day,
    file_name,
    record_number,
    line_number,
    contact_id,
    customer_id,
    is_identified,
    channel,
    direction,
    queue_id,
    topic,
    started_at,
    ended_at,
    contact_date,
    half_hour_started_at,
    is_test,
    is_bot_only,
    is_header_missing,
    is_routing_missing,
    is_open,
    reopened_from,
    is_received,
    is_blocked,
    is_handled as is_connected,
    is_handled,
    is_valid,
    cast(0.001 * wait_ms as decimal(18, 3)) as wait_seconds,
    connected_at,
    first_agent_id,
    owner_agent_id,
    owner_leg_key,
    leg_count,
    duration_method,
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
    cast(is_counted as bigint) as contacts_handled,
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
    {{ each_measure('coalesce({}, 0) as {}', 'fct_contact_leg', also='fct_contact', but=own) }},
    cast(coalesce(is_transferred and part = 'same_queue', false) as bigint) as contacts_transferred_same_queue,
    cast(coalesce(is_transferred and part = 'other_queue', false) as bigint) as contacts_transferred_other_queue,
    cast(coalesce(is_transferred and part = 'expert', false) as bigint) as contacts_transferred_expert,
    cast(coalesce(is_transferred and transfer_kind = 'blind', false) as bigint) as contacts_transferred_blind,
    cast(coalesce(is_transferred and transfer_kind = 'warm', false) as bigint) as contacts_transferred_warm,
    cast(is_counted and duration_ms is not null as bigint) as duration_contacts,
    cast(if(is_counted, 0.001 * coalesce(duration_ms, 0), 0) as decimal(18, 3)) as contact_duration_seconds,
    if(has_messages, customer_messages, 0) as customer_messages,
    if(has_messages, agent_messages, 0) as agent_messages,
    if(has_mix, system_messages, 0) as system_messages,
    if(has_mix, customer_messages + agent_messages + system_messages, 0) as mixed_messages,
    if(has_mix, customer_messages, 0) as mixed_customer_messages,
    if(has_mix, agent_messages, 0) as mixed_agent_messages,
    if(has_mix, system_messages, 0) as mixed_system_messages,
    waited_business_seconds,
    coalesce(fcr_cases, 0) as fcr_cases,
    coalesce(fcr_resolved, 0) as fcr_resolved,
    coalesce(fcr_provisional_cases, 0) as fcr_provisional_cases,
    coalesce(repeat_cases, 0) as repeat_cases,
    coalesce(repeats_24h, 0) as repeats_24h,
    coalesce(repeats_72h, 0) as repeats_72h
from joined
