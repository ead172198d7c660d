select
    contact_id,
    tag,
    detail,
    tagged_by,
    iso_utc(tagged_at) as tagged_at
from tag
where started_on between getvariable('week_from')::date and getvariable('day')::date
order by contact_number, tag
