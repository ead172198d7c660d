with

kept as (

    {{ kept('actions') }}

)

select
    source_id,
    action_id,
    origin_kind,
    origin_id,
    kind as action_kind,
    actor_id,
    taken_at,
    source_id || '/' || contact_id as contact_key,
    result as action_result,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
