with

events as (

    select * from {{ ref('stg_contact_events') }}

)

-- The earliest event that states an attribute wins; a least pair, since a tie must not be left to chance.
select
    source_id,
    contact_id,
    source_id || '/' || contact_id as contact_key,
    min(occurred_at) as first_event_at,
    max(occurred_at) as last_event_at,
    max(occurred_at) filter (where event_type = 'ended') as last_ended_at,
    max(occurred_at) filter (where event_type in ('abandoned', 'left_queue', 'refused')) as last_exit_at,
    bool_or(is_test_caller) as is_test_caller,
    bool_or(event_type in ('queued', 'offered', 'declined', 'connected', 'transferred', 'abandoned', 'left_queue'))
        as has_routing,
    bool_or(event_type = 'refused') as has_refusal,
    -- Who declines was offered the contact, also where the record of the offer is lost.
    min(occurred_at) filter (where event_type in ('queued', 'offered', 'declined', 'connected')) as handed_over_at,
    min({ 'at': occurred_at, 'id': customer_id, 'is_identified': is_identified })
    filter (where customer_id is not null) as customer,
    min({ 'at': occurred_at, 'id': queue_id }) filter (where queue_id is not null) as queue,
    min({ 'at': occurred_at, 'id': channel }) filter (where channel is not null) as first_channel,
    min({ 'at': occurred_at, 'id': direction }) filter (where direction is not null) as first_direction
from events
group by source_id, contact_id
