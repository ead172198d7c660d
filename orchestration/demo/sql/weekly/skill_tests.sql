select test_id, agent_id, kind, item, score, passed, taken_on::varchar as taken_on
from skill_test
where taken_on between getvariable('week_from')::date and getvariable('day')::date
order by test_id, item
