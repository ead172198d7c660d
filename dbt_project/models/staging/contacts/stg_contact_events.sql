with

kept as (

    {{ kept('contact_events') }}

)

select
    source_id,
    event_id,
    contact_id,
    source_id || '/' || contact_id as contact_key,
    occurred_at,
    event_type,
    nullif(nullif(agent_id, 'NONE'), '') as agent_id,
    queue_id,
    customer_id,
    is_identified,
    is_test_caller,
    channel,
    direction,
    transfer_kind,
    transfer_target_kind,
    transfer_target_id,
    context_passed,
    reason,
    wait_seconds,
    talk_seconds,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous,
    -- An event without an id is told apart by its content, which is worked out for no other.
    coalesce(event_id, md5(row(*columns(* exclude (
        source_id, landing_day, file_name, file_hash, record_number, line_number, row_in_record, record_version,
        is_time_ambiguous
    )))::varchar)) as event_key
from kept
