with

kept as (

    {{ kept('recognitions') }}

)

select
    source_id,
    recognition_id,
    nullif(nullif(agent_id, 'NONE'), '') as agent_id,
    contact_id,
    source_id || '/' || contact_id as contact_key,
    kind as recognition_kind,
    received_at,
    given_by,
    meeting_id,
    document_id,
    coalesce(is_personalised, false) as is_personalised,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
