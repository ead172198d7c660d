select
    'K' || contact_number::varchar as recognition_id,
    agent_id,
    contact_id,
    (['praise_in_contact', 'praise_contact', 'other'])[1 + floor(2.3 * u('praise kind', contact_number))::integer] as kind,
    wall_clock(ended_at) as received_at
from record
where source_id = 'desk' and outcome = 'served' and direction = 'inbound' and u('praise', contact_number) < 0.006
    and started_on between getvariable('week_from')::date and getvariable('day')::date
order by received_at, recognition_id
