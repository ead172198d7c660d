with

kept as (

    {{ kept('shifts') }}

)

select
    source_id,
    agent_id,
    starts_at,
    ends_at,
    coalesce(kind, 'work') as shift_kind,
    landing_day,
    file_name,
    file_hash,
    record_number,
    row_in_record,
    is_time_ambiguous
from kept
