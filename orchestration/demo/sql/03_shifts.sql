-- Who works when, what the state log shows of it, and the stretches in which contacts are served.

create table shift as
with day as (
    select (getvariable('first_on')::date + number::integer) as worked_on
    from range(getvariable('days')::bigint) as days (number)
),
planned as (
    select
        person.agent_id,
        person.number,
        person.work,
        person.is_night,
        day.worked_on,
        person.employment,
        (person.number * 1000003 + date_diff('day', date '2000-01-01', day.worked_on))::bigint as shift_key,
        list_contains(getvariable('holidays')::date[], day.worked_on) as is_holiday,
        case
            when person.is_night then 22
            else greatest(
                ([8, 8, 9, 10, 13, 14])[(person.number * 7 + person.leaf_number) % 6 + 1],
                case when isodow(day.worked_on) > 5 and person.work != 'voice' then 9 else 8 end
            )
        end as start_hour
    from person
    cross join day
    where person.duty = 'agent'
        and day.worked_on >= person.hired_on
        and (person.left_on is null or day.worked_on < person.left_on)
        and not list_contains(
            (list_value([6, 7], [6, 7], [7, 1], [3, 4], [5, 6]))[case when person.is_night then 4 else person.number % 5 + 1 end],
            isodow(day.worked_on)
        )
),
present as (
    select *, timezone(getvariable('time_zone'), worked_on::timestamp + to_hours(start_hour)) as planned_start_at
    from planned
    where (u('sick', shift_key) >= 0.04 or is_night)
        -- On a holiday only the telephone and the app are served.
        and not (is_holiday and work = 'social')
)
select
    present.agent_id,
    present.number,
    present.work,
    present.is_night,
    present.is_holiday,
    present.worked_on,
    present.shift_key,
    present.start_hour,
    present.planned_start_at,
    present.planned_start_at + to_hours(case present.employment when 'part' then 4 else 9 end) as planned_end_at,
    -- Serving seconds before and after the meal; part-timers have none.
    case present.employment when 'part' then 4 else 8 end * 3600 - 600 as serving_seconds,
    case present.employment when 'part' then 99999 else 14400 end as meal_after_seconds,
    case present.employment when 'part' then 0 else 3600 end as meal_seconds,
    present.planned_start_at + seconds(u('late', present.shift_key) * 420) as signed_in_at
from present;

-- Agent states as half-open intervals that cover the time signed in.
create table agent_state as
with moment as (
    select
        shift.*,
        trait.signs_out_for_meal,
        trait.break_seconds * (0.5 + u('break', shift.shift_key)) as break_seconds,
        trait.busy_seconds * (0.3 + u('busy', shift.shift_key)) as busy_seconds,
        signed_in_at + seconds(5400 + 1800 * u('break at', shift.shift_key)) as break_at,
        signed_in_at + seconds(meal_after_seconds) as meal_at,
        signed_in_at + seconds(meal_after_seconds + meal_seconds) as meal_ends_at,
        signed_in_at + seconds(meal_after_seconds + meal_seconds + 5000) as busy_at,
        signed_in_at + seconds(meal_after_seconds + meal_seconds + 9000) as training_at,
        signed_in_at + seconds(serving_seconds + meal_seconds + 300) as signed_out_at
    from shift
    inner join trait on shift.agent_id = trait.agent_id
),
change as (
    select agent_id, shift_key, 'ready' as state, signed_in_at as started_at from moment
    union all
    select agent_id, shift_key, 'away', break_at from moment
    union all
    select agent_id, shift_key, 'ready', break_at + seconds(break_seconds) from moment
    union all
    select agent_id, shift_key, case when signs_out_for_meal then 'offline' else 'meal' end, meal_at
    from moment
    where meal_seconds > 0
    union all
    select agent_id, shift_key, 'ready', meal_ends_at from moment where meal_seconds > 0
    union all
    select agent_id, shift_key, 'busy', busy_at from moment where meal_seconds > 0
    union all
    select agent_id, shift_key, 'ready', busy_at + seconds(least(busy_seconds, 3600.0)) from moment where meal_seconds > 0
    union all
    -- Training on Wednesdays: an hour in a hostile centre, half of one in an ordinary centre, on everybody's own weekday.
    select agent_id, shift_key, 'training', training_at
    from moment
    where meal_seconds > 0 and isodow(worked_on) = chosen(1 + number % 5, 3)
    union all
    select agent_id, shift_key, 'ready', training_at + seconds(chosen(1800, 3600))
    from moment
    where meal_seconds > 0 and isodow(worked_on) = chosen(1 + number % 5, 3)
    union all
    select agent_id, shift_key, 'offline', signed_out_at from moment
)
select
    change.agent_id,
    change.shift_key,
    shift.worked_on,
    shift.work,
    change.state,
    change.started_at,
    lead(change.started_at) over (partition by change.agent_id, change.shift_key order by change.started_at, change.state)
        as ended_at
from change
inner join shift on change.shift_key = shift.shift_key and change.agent_id = shift.agent_id;

-- A slot is one agent serving one contact; an agent serves on several lanes at a time, one after another on each.
-- So an agent's load is right by construction, and who waits for whom follows from it.
create table slot as
with laned as (
    select
        shift.*,
        trait.mean_talk,
        trait.contacts_per_hour,
        greatest(1, least(14, ceil(trait.contacts_per_hour * trait.mean_talk * 1.25 / 3600)))::integer as lanes
    from shift
    inner join trait on shift.agent_id = trait.agent_id
),
paced as (
    select *, greatest(8.0, 3600.0 * case work when 'voice' then 1 else lanes end / contacts_per_hour - mean_talk) as mean_gap
    from laned
),
numbered as (
    select
        paced.*,
        lane.number as lane,
        place.number as place,
        shift_key * 100000 + lane.number * 1000 + place.number as slot_key
    from paced,
        range(case work when 'voice' then 1 else lanes end) as lane (number),
        range(ceil(serving_seconds / (mean_talk + mean_gap) * 1.5)::bigint + 2) as place (number)
),
drawn as (
    select
        *,
        mean_talk * (0.35 + 0.65 * expo(u('talk', slot_key))) as talk_seconds,
        mean_gap * (0.3 + 1.4 * u('gap', slot_key))
            / load_at(start_hour + place * (mean_talk + mean_gap) / 3600) as gap_seconds
    from numbered
),
queued as (
    select
        *,
        sum(round(talk_seconds) + round(gap_seconds)) over (
            partition by agent_id, worked_on, lane order by place
            rows between unbounded preceding and current row
        ) - round(talk_seconds) as served_after
    from drawn
)
select
    agent_id,
    number as agent_number,
    work,
    is_night,
    is_holiday,
    worked_on,
    slot_key,
    round(talk_seconds)::bigint as talk_seconds,
    signed_in_at + seconds(served_after + case when served_after >= meal_after_seconds then meal_seconds else 0 end)
        as connected_at
from queued
where served_after + talk_seconds < serving_seconds;
