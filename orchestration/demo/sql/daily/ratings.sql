-- Invitations of the day's contacts, and late answers that came on that day to invitations of earlier days.
with chosen as (
    select rating.*, false as is_answer_of_the_day, record.started_on
    from rating
    inner join record on rating.contact_number = record.contact_number
    where record.started_on = getvariable('day')::date
    union all
    select rating.*, true as is_answer_of_the_day, record.started_on
    from rating
    inner join record on rating.contact_number = record.contact_number
    where rating.is_late and local_date(rating.rated_at) = getvariable('day')::date
)
select
    rating_id,
    contact_id,
    agent_id,
    wall_clock(invited_at) as invited_at,
    case when is_delivered then wall_clock(invited_at + seconds(2)) end as delivered_at,
    case when not is_delivered
        then (['customer_left', 'customer_left', 'agent_did_not_transfer', 'prompt_failed'])[1 + chosen.contact_number % 4]
    end as not_delivered_reason,
    case when rated_at is not null and (not is_late or is_answer_of_the_day) then wall_clock(rated_at) end as rated_at,
    case when rated_at is not null and (not is_late or is_answer_of_the_day) then stars::varchar end as stars,
    case when rated_at is not null and (not is_late or is_answer_of_the_day) then themes end as themes
from chosen
order by invited_at, rating_id
