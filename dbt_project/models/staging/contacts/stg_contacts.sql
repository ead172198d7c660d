with

kept as (

    {{ kept('contacts') }}

)

select
    source_id,
    contact_id,
    source_id || '/' || contact_id as contact_key,
    customer_id,
    is_identified,
    is_test_caller,
    channel,
    direction,
    queue_id,
    topic,
    started_at,
    ended_at,
    end_reason,
    reopened_from,
    is_test,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
