{#- What a visit knows without its legs, or of them in its own way. -#}
{%- set own = [
    'connect_attempts', 'connects', 'duration_contacts', 'contact_duration_seconds', 'customer_messages', 'agent_messages',
    'system_messages', 'mixed_messages', 'mixed_customer_messages', 'mixed_agent_messages', 'mixed_system_messages',
    'repeat_cases', 'repeats_24h', 'repeats_72h'
] %}
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

remade as (

    select * from {{ ref('stg_remade_date') }}

),

legs as (

    select * from {{ ref('fct_contact_leg') }}
    where
        visit_key is not null
        and contact_date in (select remade.remade_date from remade)

),

leg_sums as (

    {{ leg_sums('visit_key') }}

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
        {{ each_measure('leg_sums.{}', 'fct_contact_leg', also='fct_queue_visit', but=own) }},
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
    {{ each_measure('coalesce({}, 0) as {}', 'fct_contact_leg', also='fct_queue_visit', but=own) }},
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
    -- Above the agent a contact has one duration, whoever had a part in it.
    cast(coalesce(contacts_handled, 0) = 1 and duration_ms is not null as bigint) as duration_contacts,
    cast(if(coalesce(contacts_handled, 0) = 1, 0.001 * coalesce(duration_ms, 0), 0) as decimal(18, 3))
        as contact_duration_seconds,
    customer_messages,
    agent_messages,
    system_messages,
    if(has_mix, customer_messages + agent_messages + system_messages, 0) as mixed_messages,
    if(has_mix, customer_messages, 0) as mixed_customer_messages,
    if(has_mix, agent_messages, 0) as mixed_agent_messages,
    if(has_mix, system_messages, 0) as mixed_system_messages,
    waited_business_seconds,
    coalesce(repeat_cases, 0) as repeat_cases,
    coalesce(repeats_24h, 0) as repeats_24h,
    coalesce(repeats_72h, 0) as repeats_72h
from joined
