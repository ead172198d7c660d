with

messages as (

    select * from {{ ref('stg_messages') }}
    where sender != 'bot'

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

legs as (

    select * from {{ ref('int_contact__leg') }}

),

contacts as (

    select * from {{ ref('int_contact__base') }}

),

-- The first leg reaches back to the contact's beginning. A reply is a manual message after the customer's first and,
-- where it is recorded, the leg's connection; greatest() skips what is NULL, so a silent customer is asked for apart.
spans as (

    select
        contacts.source_id,
        contacts.contact_id,
        legs.contact_number,
        legs.leg_number,
        legs.agent_id,
        contacts.leg_count,
        if(legs.leg_number = 1, '-infinity'::timestamptz, legs.connected_at) as open_from,
        coalesce(
            lead(legs.connected_at) over (partition by legs.contact_number order by legs.leg_number),
            'infinity'::timestamptz
        ) as open_until,
        legs.connected_at as own_from,
        coalesce(
            lead(legs.connected_at) over (partition by legs.contact_number, legs.agent_id order by legs.leg_number),
            'infinity'::timestamptz
        ) as own_until,
        if(
            contacts.first_customer_at is null,
            null,
            greatest(if(legs.is_connection_recorded, legs.connected_at, null), contacts.first_customer_at)
        ) as answerable_from,
        if(
            contacts.first_customer_at is null,
            null,
            greatest(if(legs.is_connection_recorded, contacts.handed_over_at, null), contacts.first_customer_at)
        ) as customer_waits_from
    from legs
    inner join contacts on legs.contact_key = contacts.contact_key

),

-- Most contacts have one leg, whose messages are found by the contact alone. All but this one look-up goes by number.
led_contacts as (

    select
        source_id,
        contact_id,
        contact_number,
        if(leg_count = 1, leg_number, null) as leg_number,
        if(leg_count = 1, answerable_from, null) as answerable_from,
        if(leg_count = 1, customer_waits_from, null) as customer_waits_from
    from spans
    where leg_number = 1

),

shared_spans as (

    select * from spans
    where leg_count > 1

),

own_spans as (

    select * from shared_spans
    where agent_id is not null

),

narrow as (

    select
        messages.source_id,
        messages.contact_id,
        messages.sent_at,
        messages.sender = 'customer' as is_from_customer,
        -- What an agent's system sends by itself is the system's, as is all else.
        coalesce(messages.sender = 'agent' and messages.is_manual, false) as is_from_agent,
        if(messages.is_manual, coalesce(accounts.agent_id, messages.agent_id), null) as agent_id
    from messages
    left join accounts
        on
            messages.source_id = accounts.source_id
            and messages.agent_id = accounts.account
            and messages.sent_at >= accounts.mapped_from
            and messages.sent_at < accounts.mapped_until

)

-- Time decides the leg, but an agent who writes after handing over still writes for his own. (A condition on `narrow`
-- alone in the last join would make it a nested loop; only agents' messages have an agent anyway.)
select
    led_contacts.contact_number,
    coalesce(own_spans.leg_number, shared_spans.leg_number, led_contacts.leg_number) as leg_number,
    narrow.sent_at,
    narrow.is_from_customer,
    narrow.is_from_agent,
    narrow.is_from_agent
    and narrow.sent_at
    >= coalesce(own_spans.answerable_from, shared_spans.answerable_from, led_contacts.answerable_from) as is_reply,
    narrow.is_from_agent
    and narrow.sent_at
    >= coalesce(shared_spans.customer_waits_from, led_contacts.customer_waits_from) as is_customer_reply
from narrow
inner join led_contacts
    on
        narrow.source_id = led_contacts.source_id
        and narrow.contact_id = led_contacts.contact_id
left join shared_spans
    on
        led_contacts.contact_number = shared_spans.contact_number
        and narrow.sent_at >= shared_spans.open_from
        and narrow.sent_at < shared_spans.open_until
left join own_spans
    on
        led_contacts.contact_number = own_spans.contact_number
        and narrow.agent_id = own_spans.agent_id
        and narrow.sent_at >= own_spans.own_from
        and narrow.sent_at < own_spans.own_until
where
    led_contacts.leg_number is not null
    or shared_spans.leg_number is not null
