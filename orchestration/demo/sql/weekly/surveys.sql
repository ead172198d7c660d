-- Each survey when it is sent out, and again when it was answered.
select
    survey_id, contact_id, customer_id, iso_utc(invited_at) as invited_at, iso_utc(delivered_at) as delivered_at,
    case when is_answered then iso_utc(answered_at) end as answered_at,
    case when is_answered then liked_themes end as liked_themes,
    case when is_answered then disliked_themes end as disliked_themes,
    case when is_answered then improve_themes end as improve_themes,
    is_answered and needs_follow_up as needs_follow_up
from (select *, coalesce(local_date(answered_at) <= getvariable('day')::date, false) as is_answered from survey) as known
where local_date(invited_at) between getvariable('week_from')::date and getvariable('day')::date
    or local_date(answered_at) between getvariable('week_from')::date and getvariable('day')::date
order by survey_id
