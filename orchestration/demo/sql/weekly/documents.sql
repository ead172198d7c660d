select
    document_id,
    kind,
    title,
    iso_utc(published_at) as published_at,
    iso_utc(acknowledge_by) as acknowledge_by,
    knowledge_point
from document
where local_date(published_at) between getvariable('week_from')::date and getvariable('day')::date
order by document_id
