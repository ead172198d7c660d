with

kept as (

    {{ kept('appeals') }}

)

select
    source_id,
    appeal_id,
    subject_kind,
    coalesce(subject_source_id, source_id) as subject_source_id,
    subject_id,
    filed_by,
    filed_at,
    outcome,
    decided_at,
    decided_by,
    effect,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
