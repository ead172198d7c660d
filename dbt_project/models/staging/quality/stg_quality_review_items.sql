with

kept as (

    {{ kept('quality_review_items') }}

)

select
    source_id,
    coalesce(check_kind, 'review') as check_kind,
    review_id,
    item,
    score,
    coalesce(max_score, 100) as max_score,
    coalesce(is_applicable, true) as is_applicable,
    landing_day,
    file_name,
    file_hash,
    record_number,
    row_in_record,
    is_time_ambiguous
from kept
