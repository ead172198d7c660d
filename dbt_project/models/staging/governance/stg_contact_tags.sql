with

kept as (

    {{ kept('contact_tags') }}

)

select
    source_id,
    source_id || '/' || contact_id as contact_key,
    tag,
    coalesce(detail, '-') as detail,
    tagged_by,
    tagged_at,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
