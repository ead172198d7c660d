with

kept as (

    {{ kept('quality_errors') }}

)

select
    source_id,
    coalesce(check_kind, 'review') as check_kind,
    review_id,
    error_code,
    coalesce(occurrence, 1) as occurrence,
    class as error_class,
    good_faith as is_good_faith,
    knowledge_point,
    ticket_field,
    original_code,
    corrected_code,
    case_code,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
