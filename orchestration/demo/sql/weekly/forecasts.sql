select queue_id, iso_utc(starts_at) as starts_at, 30 as minutes, contacts, iso_utc(made_at) as made_at
from forecast
where local_date(starts_at) between getvariable('week_from')::date and getvariable('day')::date
order by starts_at, queue_id
