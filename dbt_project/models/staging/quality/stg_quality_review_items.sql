with

source as (

    select * from {{ source('raw', 'quality_review_items') }}

),

set_aside as (

    select * from {{ ref('stg_set_aside') }}
    where feed = 'quality_review_items'

),

kept as (

    select source.*
    from source
    anti join set_aside
        on
            source.source_id = set_aside.source_id
            and source.file_hash = set_aside.file_hash
            and source.record_number = set_aside.record_number
            and source.row_in_record = set_aside.row_in_record

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
