with

headers as (

    select * from {{ ref('stg_contacts') }}

),

seen as (

    select * from {{ ref('int_contact__seen') }}

),

messages as (

    select * from {{ ref('int_message__contact') }}

),

sources as (

    select * from {{ ref('int_contact__source') }}

),

quarters as (

    select * from {{ ref('int_contact__quarter') }}

),

elsewhere as (

    select * from {{ ref('stg_elsewhere') }}

),

tested as (

    select distinct contact_key
    from {{ ref('stg_test_calls') }}
    where contact_key is not null

),

contact_keys as (

    select
        source_id,
        contact_id,
        contact_key
    from headers
    union
    select
        source_id,
        contact_id,
        contact_key
    from seen
    union
    select
        source_id,
        contact_id,
        contact_key
    from messages

),

-- Of a contact whose date is not made anew nothing is said: not all of its rows need be there. Numbers are given once
-- to each contact: what is found by one need not compare texts, and no two texts share one.
numbered as materialized (

    select
        contact_keys.*,
        row_number() over () as contact_number
    from contact_keys
    anti join elsewhere
        on
            contact_keys.source_id = elsewhere.source_id
            and contact_keys.contact_id = elsewhere.contact_id

),

joined as (

    select
        numbered.source_id,
        numbered.contact_id,
        numbered.contact_key,
        numbered.contact_number,
        coalesce(headers.customer_id, seen.customer.id) as customer_id,
        if(headers.customer_id is not null, headers.is_identified, coalesce(seen.customer.is_identified, false))
            as is_identified,
        coalesce(headers.channel, seen.first_channel.id, sources.channel, 'other') as channel,
        coalesce(headers.direction, seen.first_direction.id, 'inbound') as direction,
        coalesce(headers.queue_id, seen.queue.id) as queue_id,
        headers.topic,
        coalesce(headers.started_at, least(seen.first_event_at, messages.first_message_at)) as started_at,
        headers.ended_at as header_ended_at,
        headers.reopened_from,
        coalesce(headers.is_test, false) or coalesce(headers.is_test_caller, false)
        or coalesce(seen.is_test_caller, false) or tested.contact_key is not null as is_test,
        headers.contact_key is null as is_header_missing,
        sources.is_routing_recorded,
        sources.is_received_without_routing,
        sources.is_transfer_recorded,
        sources.is_message_recorded,
        sources.is_system_message_recorded,
        sources.is_wrap_up_recorded,
        seen.last_ended_at,
        seen.last_exit_at,
        coalesce(seen.has_routing, false) as has_routing,
        coalesce(seen.has_refusal, false) as has_refusal,
        seen.handed_over_at,
        messages.first_customer_at,
        messages.last_customer_at,
        messages.last_message_at,
        coalesce(messages.customer_messages, 0) as customer_messages,
        coalesce(messages.agent_messages, 0) as agent_messages,
        coalesce(messages.system_messages, 0) as system_messages,
        coalesce(messages.bot_messages, 0) as bot_messages,
        coalesce(messages.any_agent_messages, 0) as any_agent_messages
    from numbered
    inner join sources on numbered.source_id = sources.source_id
    left join headers on numbered.contact_key = headers.contact_key
    left join seen on numbered.contact_key = seen.contact_key
    left join tested on numbered.contact_key = tested.contact_key
    left join messages on numbered.contact_key = messages.contact_key

)

select
    joined.* exclude (
        is_message_recorded, is_system_message_recorded, has_refusal, bot_messages, any_agent_messages  -- noqa: RF02
    ),
    quarters.local_date as contact_date,
    quarters.half_hour_started_at,
    joined.is_message_recorded and joined.channel != 'voice' as is_message_recorded,
    joined.is_message_recorded and joined.is_system_message_recorded and joined.channel != 'voice' as is_mix_recorded,
    joined.bot_messages > 0
    and joined.any_agent_messages = 0
    and not (joined.is_routing_recorded and (joined.has_routing or joined.has_refusal)) as is_bot_only
from joined
left join quarters on epoch_us(joined.started_at) // 900000000 = quarters.quarter_number
