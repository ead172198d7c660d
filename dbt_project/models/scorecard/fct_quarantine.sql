with

records as (

    select * from {{ ref('stg_quarantine_record') }}

)

select
    source_id,
    landing_day,
    file_name,
    record_number,
    line_number,
    feed,
    field,
    check_name,
    value,
    message,
    remedy,
    details
from records
