-- Whatever was decided or taken back in the week, as it was known at its end.
select
    reward_id,
    agent_id,
    team_id,
    ground,
    form,
    for_month::varchar as for_month,
    iso_utc(decided_at) as decided_at,
    'A0001' as leader_approved_by,
    supervisor_approved_by,
    amount,
    currency,
    recognition_id,
    if(local_date(revoked_at) <= getvariable('day')::date, iso_utc(revoked_at), null) as revoked_at
from reward
where local_date(decided_at) between getvariable('week_from')::date and getvariable('day')::date
    or local_date(revoked_at) between getvariable('week_from')::date and getvariable('day')::date
order by reward_id
