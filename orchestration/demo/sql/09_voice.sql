-- What customers answer and say in public, who calls them back, and what is written down about the people of the centre.

create table survey as
with asked as (
    select
        contact_number, contact_id, customer_id, started_on,
        ended_at + seconds(3600) as invited_at,
        u('survey arrives', contact_number) < 0.94 as is_delivered,
        u('survey answered', contact_number) < 0.3 as is_answered
    from record
    where source_id = 'desk' and outcome = 'served' and direction = 'inbound' and not is_silent and not is_test
        and ended_at < getvariable('covered_until')::timestamptz - interval 2 hour
        and u('survey', contact_number) < 0.04
)
select
    contact_number,
    'S' || contact_number::varchar as survey_id,
    contact_id,
    customer_id,
    invited_at,
    if(is_delivered, invited_at + seconds(3), null) as delivered_at,
    if(is_delivered and is_answered, invited_at + seconds(120 + 3400 * u('thinks it over', contact_number)), null) as answered_at,
    if(answered_at is null, null, (['friendly', 'fast', 'solved', 'friendly|fast'])[1 + floor(4 * u('liked', contact_number))::integer])
        as liked_themes,
    if(answered_at is null, null, (['slow', 'unclear', 'repeated', 'slow|unclear'])[1 + floor(4 * u('disliked', contact_number))::integer])
        as disliked_themes,
    if(answered_at is null, null, (['delivery', 'app', 'price', 'hours'])[1 + floor(4 * u('improve', contact_number))::integer])
        as improve_themes,
    answered_at is not null and u('wants an answer', contact_number) < 0.25 as needs_follow_up
from asked;

-- Four of five customers who were not content are called back, most of them within three hours.
create table follow_up as
with due as (
    select contact_number, 'rating' as origin_kind, rating_id as origin_id, contact_id, rated_at as due_at
    from rating
    where rated_at is not null and stars <= 2 and not ends_with(rating_id, '-2')
    union all
    select contact_number, 'survey', survey_id, contact_id, answered_at
    from survey
    where needs_follow_up
)
select
    contact_number,
    'F' || contact_number::varchar || left(origin_kind, 1) as action_id,
    origin_kind,
    origin_id,
    contact_id,
    due_at + seconds(600 + 10000 * u('called back after', contact_number)) as taken_at,
    case when u('settled', contact_number) < 0.85 then 'resolved' else 'unresolved' end as result
from due
where u('called back', contact_number) < 0.8;

create table social_mention as
select
    day.number * 100 + post.number as mention_number,
    'W' || (day.number * 100 + post.number)::varchar as mention_id,
    (['weibo', 'weibo', 'wechat_article', 'forum', 'video', 'review_site', 'news'])[
        1 + floor(7 * u('posted on', mention_number))::integer] as site,
    (getvariable('first_on')::date + day.number::integer) as posted_on,
    timezone(getvariable('time_zone'), posted_on + to_minutes((480 + 840 * u('posted at', mention_number))::bigint)) as posted_at,
    case when u('tone', mention_number) < 0.3 then 'negative' when u('tone', mention_number) < 0.75 then 'neutral' else 'positive' end
        as sentiment,
    (['delivery', 'refund', 'app_error', 'price'])[1 + floor(4 * u('posted about', mention_number))::integer] as topic,
    floor(40 * expo(u('seen by', mention_number)) ** 2)::bigint as audience
from range(getvariable('days')::bigint) as day (number), range(6) as post (number)
where u('posts', day.number * 100 + post.number) < 0.7;

-- At noon and at the end of a shift chat agents report the share of good ratings of their day; one in thirty gets it wrong.
create table self_report as
with due as (
    select
        agent_id, worked_on, shift_key,
        unnest(['noon', 'end']) as half,
        unnest([signed_in_at + seconds(14400), signed_in_at + seconds(serving_seconds + meal_seconds)]) as reported_at
    from shift
    where work != 'voice' and not is_night
),
rated as (
    select rating.agent_id, rating.contact_number, rating.rated_at, rating.stars, record.started_on as rated_on
    from rating
    inner join record on rating.contact_number = record.contact_number
    where rating.rated_at is not null
),
last_rated as (
    select due.agent_id, due.worked_on, due.shift_key, due.half, due.reported_at, rated.contact_number,
        arg_max(rated.stars, rated.rated_at) as stars
    from due
    inner join rated
        on due.agent_id = rated.agent_id and due.worked_on = rated.rated_on and rated.rated_at <= due.reported_at
    group by all
)
select
    agent_id,
    worked_on,
    half,
    reported_at,
    round(count(*) filter (where stars >= 4) / count(*), 3) as good_share,
    least(1, good_share + if(u('misreports', any_value(shift_key) * 2 + (half = 'end')::integer) < 0.03, 0.02, 0)) as reported
from last_rated
group by agent_id, worked_on, half, reported_at
having u('forgets to report', any_value(shift_key) * 2 + (half = 'end')::integer) >= 0.08;

create table meeting as
with week as (
    select number, (getvariable('first_on')::date + (7 * number)::integer) as day
    from range(ceil(getvariable('days') / 7.0)::bigint) as weeks (number)
),
held as (
    select
        'achievement' as kind, leaf.team_id, null as leader_id,
        date_trunc('week', week.day)::date + 2 as held_on, week.number * 1000 + leaf.number as meeting_number
    from week, leaf
    union all
    select 'team_meeting', leaf.team_id, null, date_trunc('week', week.day)::date, week.number * 1000 + 100 + leaf.number
    from week, leaf
    union all
    select 'progress', null, person.agent_id, date_trunc('month', week.day)::date + 14, any_value(week.number) * 1000 + 200 + person.number
    from week, person
    where person.duty = 'leader'
    group by person.agent_id, person.number, date_trunc('month', week.day)
)
select
    'M' || meeting_number::varchar as meeting_id,
    kind,
    team_id,
    leader_id,
    held_on,
    timezone(getvariable('time_zone'), held_on + interval 510 minute) as held_at,
    30 as minutes,
    if(team_id is null, 3, 6) as attendees
from held
where u('meeting held', meeting_number) < 0.85
    and held_on between getvariable('first_on')::date and getvariable('last_on')::date;

create table skill_test as
select
    person.agent_id || '-' || test.number::varchar as test_id,
    person.agent_id,
    test.kind,
    item.name as item,
    round(60 + 40 * u('tested ' || item.name, person.number * 10 + test.number), 1) as score,
    score >= 75 as passed,
    day_at(test.share) as taken_on
from person
cross join (values (1, 'audition', 0.3), (2, 'training', 0.7)) as test (number, kind, share)
cross join lateral (
    select unnest(
        if(test.kind = 'audition', ['voice', 'comprehension', 'summarising', 'emotional_control', 'quick_reaction'], ['KP-1', 'KP-2'])
    ) as name
) as item
where person.duty = 'agent' and not person.is_former and person.hired_on <= day_at(test.share);

-- Asked by department: in a team of five the answers of four could be traced.
create table staff_survey as
with asked as (
    select leaf_team.parent_team_id as team_id, count(*) as invited
    from person
    inner join team as leaf_team on person.team_id = leaf_team.team_id
    where not person.is_former
    group by leaf_team.parent_team_id
),
answered as (
    select
        asked.*,
        question.name as question,
        day_at(round.share) as surveyed_on,
        floor(0.8 * invited)::bigint as respondents,
        72 + 8 * u('content', hash(team_id) % 1000 + round.number) - 3 * round.number as mean_score
    from asked
    cross join (values ('satisfaction'), ('loyalty')) as question (name)
    cross join (values (1, 0.3), (2, 0.6), (3, 0.9)) as round (number, share)
)
select
    team_id,
    surveyed_on,
    question,
    invited,
    respondents,
    if(question = 'satisfaction', round(mean_score * respondents, 1), null) as score_sum,
    if(question = 'loyalty', floor(0.5 * respondents)::bigint, null) as promoters,
    if(question = 'loyalty', floor(0.2 * respondents)::bigint, null) as detractors
from answered
where respondents >= 5;

-- By queue and half hour on the evening before: the mean of the same half hour of all weeks, rounded.
create table forecast as
with arrived as (
    select queue_id, time_bucket(interval 30 minute, queued_at) as starts_at, count(*) as contacts
    from record
    where direction = 'inbound' and queue_id is not null
    group by queue_id, starts_at
),
usual as (
    select
        queue_id,
        strftime(timezone(getvariable('time_zone'), starts_at), '%u %H:%M') as time_of_week,
        sum(contacts) / ceil(getvariable('days') / 7.0) as contacts
    from arrived
    group by queue_id, time_of_week
)
select
    arrived.queue_id,
    arrived.starts_at,
    greatest(1, round(usual.contacts)) as contacts,
    timezone(getvariable('time_zone'), local_date(arrived.starts_at) - interval 6 hour) as made_at
from arrived
inner join usual
    on arrived.queue_id = usual.queue_id
    and strftime(timezone(getvariable('time_zone'), arrived.starts_at), '%u %H:%M') = usual.time_of_week;

-- A leader is brought on by a plan from the first day on; everybody is trained for an hour on some Thursdays.
insert into plan
select
    'P-3', 'leader_development', 'person', 'A0002', 'A0001',
    getvariable('first_on')::date - 30, getvariable('first_on')::date, getvariable('last_on')::date + 90, null, null, null;

-- An agent whose reviews are to become better.
insert into plan
select
    'P-4', 'agent_improvement', 'kpi', 'quality_pass_rate', 'A0002', day_at(0.2), day_at(0.5), getvariable('last_on')::date + 14,
    null, min(agent_id), 'quality_pass_rate'
from person
where duty = 'agent' and not is_former;

insert into work_time
select
    'TR' || person.number::varchar || '-' || day.number::varchar, person.agent_id, getvariable('first_on')::date + day.number::integer as worked_on,
    'training', 60, null, null, null
from person, range(getvariable('days')::bigint) as day (number)
where person.duty = 'agent' and not person.is_former and isodow(worked_on) = 4 and worked_on >= person.hired_on
    and u('trained', person.number * 1000 + day.number) < 0.4;
