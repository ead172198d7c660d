with

kept as (

    {{ kept('site_visits') }}

)

select
    source_id,
    visited_on,
    channel,
    entry_point,
    visitors,
    landing_day,
    file_name,
    file_hash,
    record_number,
    row_in_record,
    is_time_ambiguous
from kept
