with

kept as (

    {{ kept('documents') }}

)

select
    source_id,
    document_id,
    version as document_version,
    kind as document_kind,
    title as document_title,
    published_at,
    acknowledge_by,
    knowledge_point,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
