select agent_id, contact_id, 'wrap_up' as kind, observed_seconds::varchar as seconds, observer_id,
    wall_clock(observed_at) as observed_at
from observation
where started_on between getvariable('week_from')::date and getvariable('day')::date
union all
-- Of some talks speech analytics says how long the agent listened and talked.
select agent_id, if(source_id = 'desk', contact_id, null) as contact_id, kind,
    round(date_diff('second', connected_at, first_leg_ends_at)
        * if(kind = 'listening', 0.3 + 0.3 * u('listens', contact_number), 0.65 - 0.3 * u('listens', contact_number)))::varchar as seconds,
    'speech' as observer_id,
    wall_clock(first_leg_ends_at) as observed_at
from record, (values ('listening'), ('talking')) as heard (kind)
where source_id = 'desk' and outcome = 'served' and direction = 'inbound' and first_leg_ends_at is not null
    and u('speech', contact_number) < 0.03
    and started_on between getvariable('week_from')::date and getvariable('day')::date
order by observed_at, contact_id, kind
