with

kept as (

    {{ kept('findings') }}

)

select
    source_id,
    finding_id,
    agent_id,
    kind as finding_kind,
    occurred_on,
    source_id || '/' || contact_id as contact_key,
    complaint_id,
    established_at,
    established_by,
    approved_by,
    revoked_at,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
