with

kept as (

    {{ kept('time_records') }}

)

select
    source_id,
    record_id,
    agent_id,
    worked_on,
    category,
    minutes,
    cause_kind,
    cause_code,
    plan_id,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
