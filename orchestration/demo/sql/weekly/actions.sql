select
    action_id,
    'topic_signal' as origin_kind,
    origin_id,
    kind,
    'A0001' as actor_id,
    iso_utc(taken_at) as taken_at,
    result
from action
where local_date(taken_at) between getvariable('week_from')::date and getvariable('day')::date
order by action_id
