with

kept as (

    {{ kept('quality_review_items') }}

)

select
    source_id,
    review_id,
    item,
    score,
    landing_day,
    file_name,
    file_hash,
    record_number,
    row_in_record,
    is_time_ambiguous
from kept
