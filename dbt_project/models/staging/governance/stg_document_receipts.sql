with

kept as (

    {{ kept('document_receipts') }}

)

select
    source_id,
    document_id,
    agent_id,
    addressed_at,
    read_at,
    acknowledged_at,
    relayed_by,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
