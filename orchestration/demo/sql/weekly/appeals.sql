-- Whatever was filed or decided in the week, as it was known at its end.
select
    appeal_id,
    'complaint' as subject_kind,
    complaint_id as subject_id,
    filed_by,
    iso_utc(filed_at) as filed_at,
    if(is_known, outcome, null) as outcome,
    if(is_known, iso_utc(decided_at), null) as decided_at,
    if(is_known, effect, null) as effect
from (select *, coalesce(local_date(decided_at) <= getvariable('day')::date, false) as is_known from appeal) as known
where local_date(filed_at) between getvariable('week_from')::date and getvariable('day')::date
    or local_date(decided_at) between getvariable('week_from')::date and getvariable('day')::date
order by appeal_id
