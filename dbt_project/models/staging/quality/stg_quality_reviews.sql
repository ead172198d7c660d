with

kept as (

    {{ kept('quality_reviews') }}

)

select
    source_id,
    review_id,
    contact_id,
    source_id || '/' || contact_id as contact_key,
    nullif(nullif(agent_id, 'NONE'), '') as agent_id,
    reviewer_id,
    mode as review_mode,
    selection,
    level as review_level,
    score,
    reviewed_at,
    rubric_version,
    sample_id,
    acknowledged_at,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
