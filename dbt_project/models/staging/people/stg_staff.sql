with

source as (

    select * from {{ source('raw', 'staff') }}

),

set_aside as (

    select * from {{ ref('stg_set_aside') }}
    where feed = 'staff'

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
    agent_id,
    person_id,
    name as agent_name,
    role,
    employment,
    fte,
    segment,
    max_concurrent,
    hired_on,
    left_on,
    leave_reason,
    valid_from,
    landing_day,
    file_name,
    file_hash,
    record_number,
    row_in_record,
    is_time_ambiguous
from kept
