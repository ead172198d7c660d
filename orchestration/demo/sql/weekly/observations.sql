select agent_id, contact_id, 'wrap_up' as kind, observed_seconds::varchar as seconds, observer_id,
    wall_clock(observed_at) as observed_at
from observation
where started_on between getvariable('week_from')::date and getvariable('day')::date
order by observed_at, contact_id
