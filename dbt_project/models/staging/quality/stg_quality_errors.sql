with

kept as (

    {{ kept('quality_errors') }}

)

select
    source_id,
    review_id,
    error_code,
    class as error_class,
    good_faith as is_good_faith,
    landing_day,
    file_name,
    file_hash,
    record_number,
    row_in_record,
    is_time_ambiguous
from kept
