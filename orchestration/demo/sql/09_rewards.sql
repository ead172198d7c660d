-- Praise of customers and of colleagues, and what was given for it: one reward waits for its second approval, one was taken back.

create table recognition as
select
    'K' || contact_number::varchar as recognition_id,
    agent_id,
    contact_id,
    (['praise_in_contact', 'praise_contact', 'other'])[1 + floor(2.3 * u('praise kind', contact_number))::integer] as kind,
    started_on as received_on,
    ended_at as received_at,
    null::varchar as given_by,
    kind != 'other' and u('praised as a person', contact_number) < 0.3 as is_personalised
from record
where source_id = 'desk' and outcome = 'served' and direction = 'inbound' and u('praise', contact_number) < 0.006;

-- Colleagues like what they saw: one in twelve likes is answered on the same day, and now and then somebody likes himself.
insert into recognition by name
with giver as (
    select
        shift.agent_id as given_by, shift.worked_on, shift.shift_key, shift.signed_in_at,
        row_number() over (partition by shift.worked_on order by u('stands in line', shift.shift_key)) as place,
        count(*) over (partition by shift.worked_on) as people
    from shift
    where not shift.is_night
),
liked as (
    select
        giver.*,
        if(u('likes himself', giver.shift_key) < 0.08, giver.given_by, other.given_by) as agent_id
    from giver
    inner join giver as other on giver.worked_on = other.worked_on and other.place = giver.place % giver.people + 1
    where u('likes somebody', giver.shift_key) < 0.12
),
told as (
    select shift_key::varchar as told_id, agent_id, given_by, worked_on, signed_in_at + interval 5 hour as received_at from liked
    union all
    select shift_key::varchar || '-back', given_by, agent_id, worked_on, signed_in_at + interval 6 hour
    from liked
    where agent_id != given_by and u('likes back', shift_key) < 0.08
)
select
    'KL' || told_id as recognition_id,
    agent_id,
    'peer_like' as kind,
    worked_on as received_on,
    received_at,
    given_by,
    false as is_personalised
from told
where received_at < getvariable('covered_until')::timestamptz;

-- Every week of each of the other kinds one, told by a leader.
insert into recognition by name
with week as (
    select number, (getvariable('first_on')::date + (7 * number)::integer + 2) as told_on
    from range(ceil(getvariable('days') / 7.0)::bigint) as weeks (number)
),
kind as (
    select unnest(['achievement', 'best_practice', 'meeting_praise', 'suggestion_adopted', 'story']) as name, unnest(range(5)) as number
),
chosen_for as (
    select
        week.number * 10 + kind.number as telling, kind.name, week.told_on, person.agent_id,
        row_number() over (partition by telling order by u('told of', telling * 1000 + person.number)) as place
    from week, kind, person
    where person.duty = 'agent' and not person.is_former and person.hired_on < week.told_on
        and (person.left_on is null or person.left_on > week.told_on)
)
select
    'KT' || telling::varchar as recognition_id,
    agent_id,
    name as kind,
    told_on as received_on,
    timezone(getvariable('time_zone'), told_on + interval 570 minute) as received_at,
    'A0001' as given_by,
    false as is_personalised
from chosen_for
where place = 1 and told_on <= getvariable('last_on')::date;

create table reward as
with of_recognition as (
    select
        'W' || recognition_id as reward_id,
        agent_id,
        case when kind = 'suggestion_adopted' then 'RG3' when is_personalised then 'RG2' else 'RG1' end as ground,
        case when kind = 'suggestion_adopted' then 'training' else 'gift' end as form,
        received_on as for_month,
        received_at + interval 26 hour as decided_at,
        recognition_id
    from recognition
    where kind = 'suggestion_adopted'
        or (kind in ('praise_in_contact', 'praise_contact') and u('rewarded', hash(recognition_id) % 1000003) < 0.2)
),
-- Each month's best of a team, and one whole team, are told on the fifth of the next.
month_over as (
    select month_start::date as for_month, timezone(getvariable('time_zone'), month_start + interval 1 month + interval 100 hour) as decided_at
    from range(
        date_trunc('month', getvariable('first_on')::timestamp), getvariable('last_on')::timestamp, interval 1 month
    ) as months (month_start)
),
of_month as (
    select
        'WM' || strftime(month_over.for_month, '%Y%m') || leaf.team_id as reward_id,
        arg_min(person.agent_id, u('best of ' || month_over.for_month::varchar, person.number)) as agent_id,
        null as team_id, 'RG4' as ground, 'bonus' as form, month_over.for_month, month_over.decided_at, 300 as amount
    from month_over, leaf
    inner join person on leaf.team_id = person.team_id and person.duty = 'agent' and not person.is_former
    group by leaf.team_id, month_over.for_month, month_over.decided_at
    union all
    select
        'WT' || strftime(for_month, '%Y%m'), null, 'T10' || (month(for_month) % 3)::varchar, 'RG5', 'team_activity', for_month, decided_at, 1500
    from month_over
),
decided as (
    select * from of_recognition
    union all by name
    select * from of_month
)
select
    *,
    if(amount is null, null, 'AUD') as currency,
    if(row_number() over newest = 1, null, 'A0002') as supervisor_approved_by,
    if(row_number() over (order by decided_at, reward_id) = 2, decided_at + interval 3 day, null) as revoked_at
from decided
where decided_at < getvariable('covered_until')::timestamptz
window newest as (order by decided_at desc, reward_id);
