with

kept as (

    {{ kept('rewards') }}

)

select
    source_id,
    reward_id,
    agent_id,
    team_id,
    ground,
    form,
    cast(date_trunc('month', for_month) as date) as for_month,
    decided_at,
    leader_approved_by,
    supervisor_approved_by,
    amount,
    currency,
    recognition_id,
    contest,
    revoked_at,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
