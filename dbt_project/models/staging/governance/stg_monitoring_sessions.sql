with

kept as (

    {{ kept('monitoring_sessions') }}

)

select
    source_id,
    session_id,
    agent_id,
    monitor_id,
    level as monitor_level,
    mode as monitoring_mode,
    source_id || '/' || contact_id as contact_key,
    started_at,
    ended_at,
    conclusion,
    difficulty,
    trigger as monitoring_trigger,
    intervened_at,
    intervention_method,
    coalesce(intervention_accepted, false) as is_intervention_accepted,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
