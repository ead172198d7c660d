with

kept as (

    {{ kept('agent_states') }}

)

select
    source_id,
    nullif(nullif(agent_id, 'NONE'), '') as agent_id,
    state,
    started_at,
    ended_at,
    coalesce(is_pause_change, false) as is_pause_change,
    signed_in_seconds,
    approved_by,
    approved_at,
    landing_day,
    file_name,
    file_hash,
    record_number,
    row_in_record,
    is_time_ambiguous
from kept
