with

kept as (

    {{ kept('queues') }}

)

select
    source_id,
    queue_id,
    name as queue_name,
    channel,
    kind as queue_kind,
    team_id,
    valid_from,
    landing_day,
    file_name,
    file_hash,
    record_number,
    row_in_record,
    is_time_ambiguous
from kept
