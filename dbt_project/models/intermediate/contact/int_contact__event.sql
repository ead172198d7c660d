with

told as (

    select * from {{ ref('stg_contact_events') }}

),

sources as (

    select * from {{ ref('int_contact__source') }}

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

connections as (

    select
        contact_key,
        agent_id
    from told
    where event_type = 'connected'

),

-- Who completes a contact after a stated talk had it, also where the line of his connection was lost.
unconnected as (

    select told.*
    from told
    anti join connections
        on
            told.contact_key = connections.contact_key
            and told.agent_id = connections.agent_id
    where
        told.event_type in ('ended', 'transferred')
        and told.agent_id is not null
        and told.talk_seconds is not null

),

anonymous as (

    select contact_key
    from connections
    where agent_id is null

),

-- A connection whose agent nobody wrote may have been his.
lost_connections as (

    select unconnected.*
    from unconnected
    anti join anonymous
        on unconnected.contact_key = anonymous.contact_key
    qualify
        row_number() over (
            partition by unconnected.contact_key, unconnected.agent_id
            order by unconnected.occurred_at, unconnected.event_key
        ) = 1

),

events as (

    select
        source_id,
        contact_key,
        occurred_at,
        event_type,
        agent_id,
        queue_id,
        transfer_kind,
        transfer_target_kind,
        transfer_target_id,
        context_passed,
        reason,
        wait_seconds,
        talk_seconds,
        4 * record_number + row_in_record as line_order,
        event_id,
        event_key,
        true as is_told
    from told
    union all by name
    select
        source_id,
        contact_key,
        occurred_at - to_milliseconds(cast(1000 * talk_seconds as bigint)) as occurred_at,
        'connected' as event_type,
        agent_id,
        queue_id,
        wait_seconds,
        4 * record_number - 1 as line_order,
        event_id,
        event_key || '/connected' as event_key,
        false as is_told
    from lost_connections

),

-- Within an instant the order of a log's lines counts; elsewhere the order in which a contact lives, then a numeric id.
ranked as (

    select
        events.*,
        if(
            sources.is_order_recorded,
            events.line_order,
            list_position(
                [
                    'queued', 'offered', 'declined', 'connected', 'held', 'resumed', 'transferred', 'refused',
                    'left_queue', 'abandoned', 'ended', 'wrap_up_started', 'wrap_up_ended'
                ],
                events.event_type
            ) * 274877906944 + coalesce(try_cast(events.event_id as ubigint) % 274877906944, 0)
        ) as rank_in_instant,
        sources.is_order_recorded
    from events
    inner join sources
        on
            events.source_id = sources.source_id
            and sources.is_routing_recorded

)

-- Instant and rank, which is below 2^42, make one number, since numbers sort fast.
select
    ranked.contact_key,
    ranked.source_id,
    cast(epoch_us(ranked.occurred_at) as hugeint) * 4398046511104 + ranked.rank_in_instant as event_order,
    ranked.event_key,
    ranked.occurred_at,
    ranked.event_type,
    coalesce(accounts.agent_id, ranked.agent_id) as agent_id,
    ranked.queue_id,
    ranked.transfer_kind,
    ranked.transfer_target_kind,
    ranked.transfer_target_id,
    ranked.context_passed,
    ranked.reason,
    ranked.wait_seconds,
    ranked.talk_seconds,
    ranked.is_told,
    if(ranked.is_order_recorded, ranked.line_order, null) as line_order
from ranked
left join accounts
    on
        ranked.source_id = accounts.source_id
        and ranked.agent_id = accounts.account
        and ranked.occurred_at >= accounts.mapped_from
        and ranked.occurred_at < accounts.mapped_until
