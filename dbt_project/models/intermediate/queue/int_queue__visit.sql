with

pairs as (

    select * from {{ ref('int_queue__pair') }}

),

headers as (

    select * from {{ ref('int_contact__header') }}

),

-- A lost exit: whatever the contact shows next ended the visit.
closed as (

    select
        pairs.*,
        headers.queue_id as header_queue_id,
        coalesce(pairs.exit_at, pairs.next_sign_at, headers.header_ended_at) as left_at,
        case
            when pairs.exit_type in ('connected', 'abandoned') then pairs.exit_type
            when pairs.exit_type = 'refused' then 'blocked'
            when coalesce(pairs.exit_at, pairs.next_sign_at, headers.header_ended_at) is not null then 'left'
            else 'open'
        end as outcome
    from pairs
    inner join headers on pairs.contact_key = headers.contact_key

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
    not is_entry_told or (not is_exit_told and outcome != 'open') as is_line_missing,
    event_order,
    exit_order,
    case
        when outcome = 'open' then null
        when outcome = 'blocked' then 0
        when stated_wait_seconds is not null then cast(1000 * stated_wait_seconds as bigint)
        when is_entry_told then greatest(epoch_ms(left_at) - epoch_ms(entered_at), 0)
    end as wait_ms
from closed
window in_contact as (partition by contact_key order by event_order, event_key)
