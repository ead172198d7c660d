select
    coaching_id,
    agent_id,
    coach_id,
    kind,
    contact_id,
    iso_utc(started_at) as started_at,
    iso_utc(ended_at) as ended_at,
    place,
    account_differs::varchar as account_differs
from coaching
where talked_on between getvariable('week_from')::date and getvariable('day')::date
    and source_id = getvariable('source')
order by coaching_id
