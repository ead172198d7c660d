with

placed as (

    select * from {{ ref('int_message__leg') }}

),

legs as (

    select * from {{ ref('int_contact__leg') }}

),

contacts as (

    select * from {{ ref('int_contact__base') }}
    where
        direction = 'inbound'
        and is_message_recorded
        and not is_test

),

hours as (

    select * from {{ ref('int_opening__hour') }}

),

bounds as (

    select * from {{ ref('int_opening__bounds') }}

),

-- Only inbound legs answer. Where connections are not recorded, only the contact's first reply has a known beginning.
replied as (

    select
        legs.leg_key,
        legs.contact_number,
        contacts.channel,
        legs.is_connection_recorded,
        if(
            legs.is_connection_recorded,
            greatest(legs.connected_at, contacts.first_customer_at),
            contacts.first_customer_at
        ) as asked_at,
        if(
            legs.is_connection_recorded,
            greatest(contacts.handed_over_at, contacts.first_customer_at),
            contacts.first_customer_at
        ) as customer_asked_at,
        placed.first_reply_at,
        placed.first_customer_reply_at,
        row_number() over (
            partition by legs.contact_number
            order by placed.first_customer_reply_at asc nulls last, legs.leg_number asc
        ) as reply_rank,
        legs.is_connection_recorded
        and placed.first_reply_at is null
        and contacts.first_customer_at is not null
        and coalesce(contacts.first_customer_at <= legs.ended_at, true) as is_unanswered
    from legs
    inner join contacts on legs.contact_number = contacts.contact_number
    left join placed
        on
            legs.contact_number = placed.contact_number
            and legs.leg_number = placed.leg_number

),

measured as (

    select
        leg_key,
        channel,
        asked_at,
        if(is_connection_recorded or reply_rank = 1, first_reply_at, null) as replied_at,
        is_unanswered,
        if(reply_rank = 1, epoch_ms(first_customer_reply_at) - epoch_ms(customer_asked_at), null) as customer_ms
    from replied

),

-- Channels without opening hours are always open.
opened as (

    select
        measured.*,
        coalesce(
            {{ open_ms('measured', 'asked_at', 'replied_at') }},
            epoch_ms(measured.replied_at) - epoch_ms(measured.asked_at)
        ) as business_ms
    from measured
    {{ join_openings('measured', 'asked_at', 'replied_at') }}

)

select
    leg_key,
    replied_at is not null as is_answered,
    is_unanswered,
    customer_ms is not null as is_first_for_customer,
    epoch_ms(replied_at) - epoch_ms(asked_at) as first_response_ms,
    business_ms as first_response_business_ms,
    customer_ms as customer_first_response_ms
from opened
