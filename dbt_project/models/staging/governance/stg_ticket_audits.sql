with

kept as (

    {{ kept('ticket_audits') }}

)

select
    source_id,
    audit_id,
    ticket_id,
    source_id || '/' || contact_id as contact_key,
    agent_id,
    auditor_id,
    audited_at,
    has_error,
    corrector_id,
    corrected_at,
    dispatched_at,
    callback_needed as needs_callback,
    callback_at,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
