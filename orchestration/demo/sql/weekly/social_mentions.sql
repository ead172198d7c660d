select mention_id, site, iso_utc(posted_at) as posted_at, sentiment, topic, audience
from social_mention
where posted_on between getvariable('week_from')::date and getvariable('day')::date
order by mention_number
