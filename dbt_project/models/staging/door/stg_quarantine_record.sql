with

source as (

    select * from {{ source('records', 'quarantine') }}

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
from source
