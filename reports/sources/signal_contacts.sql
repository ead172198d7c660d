-- The contacts of the signals of the last days, each leading to its records; of all contacts together (*) they are those of the day.
select signal.signal_id, contact.started_at, contact.contact_key, contact.contact_date, contact.channel, contact.queue_id,
    contact.owner_agent_id as agent_id
from scorecard.fct_topic_signal as signal
inner join scorecard.fct_contact as contact
    on contact.contact_date = signal.local_date and contact.topic = signal.topic
    and contact.started_at >= signal.detected_at - interval 2 hour and contact.started_at < signal.ended_at
where signal.local_date >= $first_drill_day
    and contact.direction = 'inbound' and not contact.is_test and (contact.is_received or contact.is_handled)
order by signal.signal_id, contact.started_at, contact.contact_key
