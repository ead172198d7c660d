with

events as (

    select * from {{ ref('int_contact__event') }}
    where event_type in ('queued', 'connected', 'abandoned', 'left_queue', 'refused', 'ended')

),

headers as (

    select * from {{ ref('int_contact__header') }}

),

-- An event that names no queue speaks of the queue that the contact entered last.
placed as (

    select
        *,
        coalesce(queue_id, last_value(if(event_type = 'queued', queue_id, null) ignore nulls) over lifecycle)
            as visited_queue_id,
        lead(occurred_at) over lifecycle as next_sign_at,
        row_number() over lifecycle as sign_number
    from events
    window lifecycle as (partition by contact_key order by event_order, event_key)

),

paired as (

    select
        *,
        lag(event_type) over in_queue as previous_type,
        lead(event_type) over in_queue as next_type,
        lead(occurred_at) over in_queue as next_at,
        lead(wait_seconds) over in_queue as next_wait_seconds,
        lead(reason) over in_queue as next_reason
    from placed
    where event_type != 'ended'
    window in_queue as (partition by contact_key, visited_queue_id order by event_order, event_key)

),

visits as (

    select
        contact_key,
        source_id,
        event_order,
        event_key,
        visited_queue_id,
        occurred_at as entered_at,
        if(next_type = 'queued', null, next_type) as exit_type,
        if(next_type = 'queued', null, next_at) as exit_at,
        if(next_type = 'queued', null, next_wait_seconds) as stated_wait_seconds,
        if(next_type = 'queued', null, next_reason) as reason,
        true as is_entry_recorded,
        next_sign_at
    from paired
    where event_type = 'queued'
    union all
    -- Refusals, which have no entry, and exits whose entry was lost: a connection tells by the wait that it states.
    select
        contact_key,
        source_id,
        event_order,
        event_key,
        visited_queue_id,
        occurred_at - to_milliseconds(cast(1000 * coalesce(wait_seconds, 0) as bigint)) as entered_at,
        event_type as exit_type,
        occurred_at as exit_at,
        wait_seconds as stated_wait_seconds,
        reason,
        false as is_entry_recorded,
        next_sign_at
    from paired
    where
        (event_type = 'refused' and previous_type is distinct from 'queued')
        or (event_type in ('abandoned', 'left_queue') and previous_type is null)
        or (
            event_type = 'connected'
            and previous_type is null
            and (wait_seconds >= 1 or (wait_seconds is not null and sign_number = 1))
        )

),

-- A lost exit: whatever the contact shows next ended the visit.
closed as (

    select
        visits.*,
        headers.queue_id as header_queue_id,
        coalesce(visits.exit_at, visits.next_sign_at, headers.header_ended_at) as left_at,
        case
            when visits.exit_type in ('connected', 'abandoned') then visits.exit_type
            when visits.exit_type = 'refused' then 'blocked'
            when coalesce(visits.exit_at, visits.next_sign_at, headers.header_ended_at) is not null then 'left'
            else 'open'
        end as outcome
    from visits
    inner join headers on visits.contact_key = headers.contact_key

)

-- A wait is what the source states, else the time between entry and exit; without either nobody knows it.
select
    contact_key || '@' || row_number() over in_contact as visit_key,
    contact_key,
    cast(row_number() over in_contact as integer) as visit_number,
    source_id,
    coalesce(visited_queue_id, header_queue_id) as queue_id,
    entered_at,
    greatest(left_at, entered_at) as left_at,
    outcome,
    if(outcome in ('left', 'blocked'), reason, null) as exit_reason,
    event_order,
    case
        when outcome = 'open' then null
        when outcome = 'blocked' then 0
        when stated_wait_seconds is not null then cast(1000 * stated_wait_seconds as bigint)
        when is_entry_recorded then greatest(epoch_ms(left_at) - epoch_ms(entered_at), 0)
    end as wait_ms
from closed
window in_contact as (partition by contact_key order by event_order, event_key)
