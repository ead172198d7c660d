with

kept as (

    {{ kept('test_calls') }}

)

select
    source_id,
    test_call_id,
    kind as test_kind,
    agent_id,
    tester_id,
    called_at,
    source_id || '/' || contact_id as contact_key,
    document_id,
    complaint_id,
    scenario,
    selection,
    sample_id,
    sample_seed,
    frame_size,
    passed as has_passed,
    score,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
