select
    session_id,
    agent_id,
    monitor_id,
    level,
    mode,
    contact_id,
    iso_utc(started_at) as started_at,
    iso_utc(ended_at) as ended_at,
    conclusion,
    difficulty,
    trigger,
    iso_utc(intervened_at) as intervened_at,
    intervention_method,
    intervention_accepted::varchar as intervention_accepted
from listening
where started_on between getvariable('week_from')::date and getvariable('day')::date
    and source_id = getvariable('source')
order by session_id
