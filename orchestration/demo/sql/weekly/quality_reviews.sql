select review_id, contact_id, agent_id, reviewer_id, mode, selection, level, score::varchar as score,
    wall_clock(reviewed_at) as reviewed_at
from review
where made_on between getvariable('week_from')::date and getvariable('day')::date
    and source_id = getvariable('source')
order by reviewed_at, review_id
