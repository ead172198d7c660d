with

source as (

    select * from {{ source('raw', 'contacts') }}

),

set_aside as (

    select * from {{ ref('stg_set_aside') }}
    where feed = 'contacts'

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
    contact_id,
    source_id || '/' || contact_id as contact_key,
    customer_id,
    is_identified,
    is_test_caller,
    channel,
    direction,
    queue_id,
    topic,
    started_at,
    ended_at,
    end_reason,
    reopened_from,
    is_test,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
