-- Whatever was addressed, opened or signed in the week, as it was known at its end.
select
    document_id,
    agent_id,
    iso_utc(addressed_at) as addressed_at,
    if(local_date(read_at) <= getvariable('day')::date, iso_utc(read_at), null) as read_at,
    if(local_date(acknowledged_at) <= getvariable('day')::date, iso_utc(acknowledged_at), null) as acknowledged_at
from receipt
where local_date(addressed_at) between getvariable('week_from')::date and getvariable('day')::date
    or local_date(read_at) between getvariable('week_from')::date and getvariable('day')::date
    or local_date(acknowledged_at) between getvariable('week_from')::date and getvariable('day')::date
order by document_id, agent_id
