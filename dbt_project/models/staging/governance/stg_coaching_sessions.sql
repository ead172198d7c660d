with

kept as (

    {{ kept('coaching_sessions') }}

)

select
    source_id,
    coaching_id,
    agent_id,
    coach_id,
    kind as coaching_kind,
    source_id || '/' || contact_id as contact_key,
    plan_id,
    started_at,
    ended_at,
    place as coaching_place,
    coalesce(account_differs, false) as is_account_different,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
