select meeting_id, kind, team_id, leader_id, iso_utc(held_at) as held_at, minutes, attendees
from meeting
where held_on between getvariable('week_from')::date and getvariable('day')::date
order by meeting_id
