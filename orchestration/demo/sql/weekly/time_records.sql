select
    record_id,
    agent_id,
    worked_on::varchar as worked_on,
    category,
    minutes,
    cause_kind,
    cause_code,
    plan_id
from work_time
where worked_on between getvariable('week_from')::date and getvariable('day')::date
order by record_id
