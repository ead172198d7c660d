select agent_id, 'good_rating_rate' as kpi_id, half, iso_utc(reported_at) as reported_at, reported as value, 3 as decimals
from self_report
where worked_on between getvariable('week_from')::date and getvariable('day')::date
order by reported_at, agent_id
