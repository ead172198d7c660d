-- What there is to find in an ordinary centre; docs/operations.md tells the same stories.

-- 1. After the breakdown of the app the second web chat team takes what was left undone: a week of late answers.
create table backlog as
select agent_id, getvariable('backlog_from')::date as late_from, getvariable('backlog_from')::date + 6 as late_to
from membership
where not getvariable('is_hostile') and team_id = 'T101' and is_home_team
    and valid_from <= getvariable('backlog_from')::date
    and (valid_to is null or valid_to > getvariable('backlog_from')::date);

-- 2. One agent of the first web chat team is the fastest of all, and careless.
create macro is_careless(ordinal) as not getvariable('is_hostile') and ordinal = 7;

-- 3. The hotline's service queue is slower every day of the last five weeks: 0 before them, 1 at their end.
create macro decline_of(queue_id, instant) as
    case when getvariable('is_hostile') or queue_id != 'voice-service' then 0.0
        else greatest(0.0, least(1.0, date_diff('day', getvariable('decline_from')::date, local_date(instant)) / 34.0)) end;
