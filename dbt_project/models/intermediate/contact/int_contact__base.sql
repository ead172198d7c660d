with

headers as (

    select * from {{ ref('int_contact__header') }}

),

visits as (

    select * from {{ ref('int_queue__visit') }}

),

legs as (

    select * from {{ ref('int_contact__leg') }}

),

visited as (

    select
        contact_key,
        min_by(queue_id, visit_number) as first_queue_id,
        max(left_at) as left_at,
        max_by(outcome, visit_number) filter (where outcome != 'blocked') as last_outcome,
        bool_or(outcome != 'blocked') as is_admitted,
        bool_or(outcome = 'blocked') as is_refused,
        max_by(struct_pack(reason := exit_reason), visit_number) filter (where outcome = 'blocked') as last_refusal
    from visits
    group by contact_key

),

handled as (

    select
        contact_key,
        count(*) as leg_count,
        min(connected_at) as connected_at,
        min_by(agent_id, leg_number) filter (where agent_id is not null) as first_agent_id,
        max_by(struct_pack(agent_id := agent_id, leg_key := leg_key), leg_number) as last_leg,
        max(ended_at) as ended_at,
        max_by(end_kind, leg_number) as end_kind
    from legs
    group by contact_key

),

judged as (

    select
        headers.*,
        visited.first_queue_id,
        visited.last_outcome,
        visited.left_at,
        visited.is_refused,
        visited.last_refusal.reason as refusal_reason,
        handled.connected_at,
        handled.first_agent_id,
        handled.last_leg.agent_id as last_agent_id,
        handled.last_leg.leg_key as last_leg_key,
        handled.ended_at as last_leg_ended_at,
        handled.end_kind as last_end_kind,
        coalesce(handled.leg_count, 0) as leg_count,
        -- An outbound or callback chat connects when the customer answers; on the telephone a connection is an answer.
        handled.contact_key is not null
        and (
            headers.direction = 'inbound'
            or not headers.is_message_recorded
            or not headers.is_routing_recorded
            or headers.customer_messages > 0
        ) as is_handled,
        headers.direction = 'inbound'
        and not headers.is_test
        and not headers.is_bot_only
        and (
            not headers.is_routing_recorded
            or coalesce(visited.is_admitted, headers.has_routing or headers.is_received_without_routing)
            or handled.contact_key is not null
        ) as is_received,
        headers.direction = 'inbound'
        and not headers.is_test
        and not headers.is_bot_only
        and headers.is_routing_recorded
        and not headers.has_routing
        and visited.contact_key is null as is_routing_missing
    from headers
    left join visited on headers.contact_key = visited.contact_key
    left join handled on headers.contact_key = handled.contact_key

)

select
    contact_key,
    contact_number,
    source_id,
    contact_id,
    customer_id,
    is_identified,
    channel,
    direction,
    coalesce(first_queue_id, queue_id) as queue_id,
    topic,
    started_at,
    coalesce(last_ended_at, header_ended_at, last_leg_ended_at, left_at, last_exit_at) as ended_at,
    contact_date,
    half_hour_started_at,
    reopened_from,
    is_test,
    is_bot_only,
    is_header_missing,
    is_routing_missing,
    is_handled,
    is_received,
    direction = 'inbound' and not is_test and not is_received and coalesce(is_refused, false) as is_blocked,
    refusal_reason,
    if(is_message_recorded, customer_messages > 0 and agent_messages > 0, null) as is_valid,
    last_outcome,
    last_end_kind,
    coalesce(last_ended_at, header_ended_at) is null
    and coalesce(last_end_kind, '') in ('', 'open', 'last_message')
    and coalesce(last_outcome, '') in ('', 'open', 'connected')
    and not coalesce(is_refused and last_outcome is null, false) as is_end_missing,
    connected_at,
    leg_count,
    first_agent_id,
    last_agent_id as owner_agent_id,
    last_leg_key as owner_leg_key,
    is_routing_recorded,
    is_transfer_recorded,
    is_message_recorded,
    is_mix_recorded,
    handed_over_at,
    first_customer_at,
    last_customer_at,
    last_message_at,
    -- Who met only the bot counts as a customer who asked, and nowhere else.
    if(is_bot_only, 0, customer_messages) as customer_messages,
    agent_messages,
    if(is_bot_only, 0, system_messages) as system_messages
from judged
