with

kept as (

    {{ kept('staff') }}

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
    exit_interview_on,
    exit_interviewer,
    exit_reasons,
    valid_from,
    landing_day,
    file_name,
    file_hash,
    record_number,
    row_in_record,
    is_time_ambiguous
from kept
