{{ config(materialized='ephemeral') }}

-- Entries into queues, each with its exit, and exits without entry: one entry and one exit of a contact in a queue are
-- one stay, whatever their stamps and stated waits say.
with

events as (

    select * from {{ ref('int_contact__event') }}
    where event_type in ('queued', 'connected', 'abandoned', 'left_queue', 'refused', 'ended')

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

followed as (

    select
        *,
        lag(event_type) over in_queue as previous_type,
        lag(occurred_at) over in_queue as previous_at,
        lead(event_type) over in_queue as next_type,
        lead(event_order) over in_queue as next_order,
        lead(occurred_at) over in_queue as next_at,
        lead(wait_seconds) over in_queue as next_wait_seconds,
        lead(reason) over in_queue as next_reason,
        lead(is_told) over in_queue as is_next_told,
        lead(event_type, 2) over in_queue as second_type,
        lead(event_order, 2) over in_queue as second_order,
        lead(occurred_at, 2) over in_queue as second_at,
        lead(wait_seconds, 2) over in_queue as second_wait_seconds,
        lead(reason, 2) over in_queue as second_reason,
        lead(is_told, 2) over in_queue as is_second_told
    from placed
    where event_type != 'ended'
    window in_queue as (partition by contact_key, visited_queue_id order by event_order, event_key)

),

-- Out of a queue and into it again within an instant, told the other way round: the wait that the exit states reaches
-- back to the entry before.
turned as (

    select
        *,
        event_type = 'queued' and next_type = 'queued' and second_type != 'queued'
        and second_at = next_at
        and second_wait_seconds >= 1
        and abs(epoch(second_at) - epoch(occurred_at) - second_wait_seconds) < 2 as is_exit_behind_next,
        event_type = 'queued' and previous_type = 'queued' and next_type != 'queued'
        and next_at = occurred_at
        and next_wait_seconds >= 1
        and abs(epoch(occurred_at) - epoch(previous_at) - next_wait_seconds) < 2 as is_before_exit_of_previous
    from followed

),

paired as (

    select
        * exclude (previous_at, is_exit_behind_next, is_before_exit_of_previous),
        case
            when event_type != 'queued' then null
            when is_exit_behind_next or is_before_exit_of_previous then nullif(second_type, 'queued')
            else nullif(next_type, 'queued')
        end as exit_type,
        coalesce(is_exit_behind_next or is_before_exit_of_previous, false) as is_second
    from turned

),

-- What is alone on either side finds the other where an exit of the same second, or of a clock that was set back while
-- the log went on, stands before its entry.
alone as (

    select *
    from paired
    where
        (event_type = 'queued' and exit_type is null)
        or (event_type != 'queued' and previous_type is distinct from 'queued')

),

rejoined as (

    select
        entries.*,
        exits.event_order as rejoined_order,
        exits.event_key as rejoined_key,
        exits.event_type as rejoined_type,
        exits.occurred_at as rejoined_at,
        exits.wait_seconds as rejoined_wait_seconds,
        exits.reason as rejoined_reason,
        exits.is_told as is_rejoined_told
    from alone as entries
    inner join alone as exits
        on
            entries.contact_key = exits.contact_key
            and entries.visited_queue_id = exits.visited_queue_id
    where
        entries.event_type = 'queued'
        and exits.event_type != 'queued'
        and exits.occurred_at <= entries.occurred_at
        and (
            exits.occurred_at >= entries.occurred_at - interval 1 second
            or exits.line_order > entries.line_order
        )
    qualify
        dense_rank() over (
            partition by entries.contact_key, entries.visited_queue_id
            order by entries.event_order, entries.event_key
        ) = dense_rank() over (
            partition by entries.contact_key, entries.visited_queue_id
            order by exits.event_order, exits.event_key
        )

)

select
    contact_key,
    source_id,
    event_order,
    event_key,
    visited_queue_id,
    occurred_at as entered_at,
    exit_type,
    if(is_second, second_order, next_order) as exit_order,
    if(is_second, second_at, next_at) as exit_at,
    if(is_second, second_wait_seconds, next_wait_seconds) as stated_wait_seconds,
    if(is_second, second_reason, next_reason) as reason,
    if(is_second, is_second_told, is_next_told) as is_exit_told,
    true as is_entry_told,
    next_sign_at
from paired
where exit_type is not null
union all by name
select
    contact_key,
    source_id,
    event_order,
    event_key,
    visited_queue_id,
    occurred_at as entered_at,
    rejoined_type as exit_type,
    rejoined_order as exit_order,
    greatest(rejoined_at, occurred_at) as exit_at,
    rejoined_wait_seconds as stated_wait_seconds,
    rejoined_reason as reason,
    is_rejoined_told as is_exit_told,
    true as is_entry_told,
    next_sign_at
from rejoined
union all by name
-- A lost exit.
select
    alone.contact_key,
    alone.source_id,
    alone.event_order,
    alone.event_key,
    alone.visited_queue_id,
    alone.occurred_at as entered_at,
    null as exit_type,
    null as exit_order,
    null as exit_at,
    null as stated_wait_seconds,
    null as reason,
    false as is_exit_told,
    true as is_entry_told,
    alone.next_sign_at
from alone
anti join rejoined
    on
        alone.contact_key = rejoined.contact_key
        and alone.event_order = rejoined.event_order
        and alone.event_key = rejoined.event_key
where alone.event_type = 'queued'
union all by name
-- Refusals, which have no entry, and exits whose entry was lost: a connection tells by the wait that it states.
select
    alone.contact_key,
    alone.source_id,
    alone.event_order,
    alone.event_key,
    alone.visited_queue_id,
    alone.occurred_at - to_milliseconds(cast(1000 * coalesce(alone.wait_seconds, 0) as bigint)) as entered_at,
    alone.event_type as exit_type,
    alone.event_order as exit_order,
    alone.occurred_at as exit_at,
    alone.wait_seconds as stated_wait_seconds,
    alone.reason,
    alone.is_told as is_exit_told,
    alone.event_type = 'refused' as is_entry_told,
    alone.next_sign_at
from alone
anti join rejoined
    on
        alone.contact_key = rejoined.contact_key
        and alone.event_order = rejoined.rejoined_order
        and alone.event_key = rejoined.rejoined_key
where
    alone.event_type = 'refused'
    or (alone.event_type in ('abandoned', 'left_queue') and alone.previous_type is null)
    or (
        alone.event_type = 'connected'
        and alone.previous_type is null
        and (alone.wait_seconds >= 1 or (alone.wait_seconds is not null and alone.sign_number = 1))
    )
