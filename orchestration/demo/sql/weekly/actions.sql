select action_id, origin_kind, origin_id, kind, 'A0001' as actor_id, iso_utc(taken_at) as taken_at, contact_id, result
from (
    select action_id, 'topic_signal' as origin_kind, origin_id, kind, taken_at, null as contact_id, result
    from action
    union all
    select action_id, origin_kind, origin_id, 'customer_follow_up', taken_at, contact_id, result
    from follow_up
) as done
where local_date(taken_at) between getvariable('week_from')::date and getvariable('day')::date
order by action_id
