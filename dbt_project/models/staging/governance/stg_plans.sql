with

kept as (

    {{ kept('plans') }}

)

select
    source_id,
    plan_id,
    kind as plan_kind,
    subject_kind,
    subject_id,
    scope_kind,
    scope_id,
    owner_id,
    kpi_id,
    baseline_from,
    baseline_to,
    target_value,
    starts_on,
    due_on,
    closed_on,
    state as plan_state,
    criteria_document_id,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
