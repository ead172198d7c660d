select
    recognition_id,
    agent_id,
    contact_id,
    kind,
    wall_clock(received_at) as received_at,
    given_by,
    is_personalised::varchar as is_personalised
from recognition
where received_on between getvariable('week_from')::date and getvariable('day')::date
order by recognition.received_at, recognition_id
