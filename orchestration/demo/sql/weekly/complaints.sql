-- Whatever was received or decided in the week, as it was known at its end: a decision comes as the same complaint again.
select
    complaint_id,
    iso_utc(received_at) as received_at,
    origin,
    channel,
    contact_id,
    agent_id,
    leaf,
    if(is_known, outcome, null) as outcome,
    if(is_known, iso_utc(decided_at), null) as decided_at,
    if(is_known, responsible_agent_id, null) as responsible_agent_id,
    owner_department,
    (is_known and good_faith)::varchar as good_faith
from (select *, coalesce(local_date(decided_at) <= getvariable('day')::date, false) as is_known from complaint) as known
where local_date(received_at) between getvariable('week_from')::date and getvariable('day')::date
    or local_date(decided_at) between getvariable('week_from')::date and getvariable('day')::date
order by complaint_id
