with

events as (

    select * from {{ ref('stg_contact_events') }}

),

sources as (

    select * from {{ ref('int_contact__source') }}

),

accounts as (

    select * from {{ ref('int_contact__account') }}

),

-- An exit that waited belongs to an earlier entry than one in the same second, so it comes first; all else in the order
-- in which a contact lives. Instant and rank make one number (16 ranks to the microsecond), since numbers sort fast.
ranked as (

    select
        *,
        case
            when event_type in ('connected', 'abandoned', 'left_queue') and wait_seconds >= 1 then 1
            else list_position(
                [
                    'queued', 'offered', 'declined', 'connected', 'held', 'resumed', 'transferred', 'refused',
                    'left_queue', 'abandoned', 'ended', 'wrap_up_started', 'wrap_up_ended'
                ],
                event_type
            ) + 1
        end as lifecycle_rank
    from events

)

select
    ranked.contact_key,
    ranked.source_id,
    16 * epoch_us(ranked.occurred_at) + ranked.lifecycle_rank as event_order,
    ranked.event_key,
    ranked.occurred_at,
    ranked.event_type,
    coalesce(accounts.agent_id, ranked.agent_id) as agent_id,
    ranked.queue_id,
    ranked.transfer_kind,
    ranked.transfer_target_kind,
    ranked.transfer_target_id,
    ranked.reason,
    ranked.wait_seconds,
    ranked.talk_seconds
from ranked
inner join sources
    on
        ranked.source_id = sources.source_id
        and sources.is_routing_recorded
left join accounts
    on
        ranked.source_id = accounts.source_id
        and ranked.agent_id = accounts.account
        and ranked.occurred_at >= accounts.mapped_from
        and ranked.occurred_at < accounts.mapped_until
