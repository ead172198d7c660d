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

-- A reply is a manual message after the customer's first and, where it is recorded, the leg's connection; greatest()
-- skips what is NULL, so a silent customer is asked for apart.
spans as (

    select
        contacts.source_id,
        contacts.contact_id,
        legs.contact_number,
        legs.leg_number,
        legs.agent_id,
        contacts.leg_count,
        legs.connected_at,
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

narrow as not materialized (

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

),

-- The first leg reaches back to the contact's beginning.
shared_spans as (

    select
        *,
        if(leg_number = 1, '-infinity'::timestamptz, connected_at) as open_from,
        coalesce(
            lead(connected_at) over (partition by contact_number order by leg_number),
            'infinity'::timestamptz
        ) as open_until,
        connected_at as own_from,
        coalesce(
            lead(connected_at) over (partition by contact_number, agent_id order by leg_number),
            'infinity'::timestamptz
        ) as own_until
    from spans
    where leg_count > 1

),

own_spans as (

    select * from shared_spans
    where agent_id is not null

),

-- Most contacts have one leg, whose messages are found by the contact alone. Those of the few others apart: beside all
-- messages, DuckDB would put these and not the legs into the tables of its joins.
placed as (

    select
        narrow.*,
        spans.contact_number,
        spans.leg_number,
        spans.answerable_from,
        spans.customer_waits_from
    from narrow
    inner join spans
        on
            narrow.source_id = spans.source_id
            and narrow.contact_id = spans.contact_id
    where spans.leg_count = 1
    union all by name
    -- Time decides the leg, but an agent who writes after handing over still writes for his own.
    select
        narrow.*,
        shared_spans.contact_number,
        coalesce(own_spans.leg_number, shared_spans.leg_number) as leg_number,
        coalesce(own_spans.answerable_from, shared_spans.answerable_from) as answerable_from,
        shared_spans.customer_waits_from
    from narrow
    inner join shared_spans
        on
            narrow.source_id = shared_spans.source_id
            and narrow.contact_id = shared_spans.contact_id
            and narrow.sent_at >= shared_spans.open_from
            and narrow.sent_at < shared_spans.open_until
    left join own_spans
        on
            shared_spans.contact_number = own_spans.contact_number
            and narrow.agent_id = own_spans.agent_id
            and narrow.sent_at >= own_spans.own_from
            and narrow.sent_at < own_spans.own_until

)

select
    contact_number,
    leg_number,
    sent_at,
    is_from_customer,
    is_from_agent,
    is_from_agent and sent_at >= answerable_from as is_reply,
    is_from_agent and sent_at >= customer_waits_from as is_customer_reply
from placed
