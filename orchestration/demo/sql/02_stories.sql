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

-- 4. Two topics rise at the end, where there is a month before to tell it by: on the last day but one, from ten to two, many who
-- write do so about errors of the app, which is one; the day before that, from three to five, about a promotion, which is nothing.
create macro is_rising(instant, day, first_hour, last_hour) as
    getvariable('days') >= 31 and local_date(instant) = day
    and extract(hour from timezone(getvariable('time_zone'), instant)) between first_hour and last_hour;

create macro topic_then(topic, instant, number) as
    case
        when is_rising(instant, getvariable('last_on')::date - 1, 10, 13) and u('writes about the app', number) < 0.25 then 'app_error'
        when is_rising(instant, getvariable('last_on')::date - 2, 15, 16) and u('asks about the promotion', number) < 0.2 then 'promotion'
        else topic
    end;
