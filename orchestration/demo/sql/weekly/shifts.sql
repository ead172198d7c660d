select agent_id, wall_clock(planned_start_at) as starts_at, wall_clock(planned_end_at) as ends_at, 'work' as kind
from shift
where worked_on between getvariable('week_from')::date and getvariable('day')::date
order by starts_at, agent_id
