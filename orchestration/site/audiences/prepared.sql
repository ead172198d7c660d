-- What the sites of all audiences of one run are filtered from, made once: values and records in the order of their scope or
-- agent, so that one audience reads its own few blocks, and how many people each wide value and half-hour is the work of.

create table prepared.main.own_scope as
with recursive tree as (
    select scope_id as team_id
    from published.scorecard.dim_scope
    where scope_kind = 'team' and scope_id in (select scope_id from prepared.main.audience where scope = 'team')
    union
    select child.scope_id
    from published.scorecard.dim_scope as child
    inner join tree on child.parent_scope_kind = 'team' and child.parent_scope_id = tree.team_id
    where child.scope_kind = 'team'
)

select scope_kind, scope_id
from published.scorecard.dim_scope
where (scope_kind = 'team' and scope_id in (from tree))
    or (scope_kind = 'team_channel' and split_part(scope_id, '|', 1) in (from tree))
    or (
        scope_kind = 'agent'
        and (team_id in (from tree) or scope_id in (select scope_id from prepared.main.audience where scope = 'agent'))
    );

-- What is told of leaders is told of few, and nobody else's; what staff answered is told where it was asked.
create table prepared.main.kept_apart as
from (values
    ('leader_plan_rate', true), ('leader_meeting_rate', true), ('firefighting_share', true), ('exit_interview_rate', true),
    ('staff_satisfaction', false), ('staff_loyalty', false), ('staff_survey_participation', false)
) as kept_apart (kpi_id, is_also_own);

-- Days that are closed stand in files that an audience shares with everybody: each has one scope only. What is open is
-- compared with the week before it.
create table prepared.main.own_value as
select kpi_value.*
from published.scorecard.fct_kpi_value as kpi_value
semi join prepared.main.own_scope as own_scope
    on kpi_value.scope_kind = own_scope.scope_kind and kpi_value.scope_id = own_scope.scope_id
anti join (from prepared.main.kept_apart where is_also_own) as kept_apart
    on kpi_value.kpi_id = kept_apart.kpi_id
where kpi_value.period_kind != 'day'
    or kpi_value.period_start >= least(getvariable('closed_until') - 7, getvariable('last_day') - 15)
order by kpi_value.scope_kind, kpi_value.scope_id, kpi_value.kpi_id, kpi_value.period_kind, kpi_value.period_start;

create table prepared.main.own_restatement as
select restatement.*
from published.scorecard.fct_restatement as restatement
semi join prepared.main.own_scope as own_scope
    on restatement.scope_kind = own_scope.scope_kind and restatement.scope_id = own_scope.scope_id
anti join (from prepared.main.kept_apart where is_also_own) as kept_apart
    on restatement.kpi_id = kept_apart.kpi_id
order by restatement.scope_kind, restatement.scope_id;

create table prepared.main.bridge_agent_team_day as
from published.scorecard.bridge_agent_team_day
order by agent_id;

-- The places of all periods, before anything is hidden: dates are nobody's.
create table prepared.main.place as from memory.main.place;

-- A period tells of what lies between two borders, as far as there are data.
create table prepared.main.period as
with covered as (
    select min(period_start) as first_date, max(period_end) as until_date
    from published.scorecard.fct_kpi_value
    where scope_kind = 'centre' and period_kind = 'day'
)

select distinct
    kpi_value.period_kind,
    kpi_value.period_start,
    kpi_value.period_end,
    greatest(kpi_value.period_start, covered.first_date) as told_from,
    least(kpi_value.period_end, covered.until_date) as told_until
from published.scorecard.fct_kpi_value as kpi_value
cross join covered
where kpi_value.scope_kind = 'centre';

-- Who was at work in a wide scope, and beside how many: in this order an audience reads the days of few people only. To
-- the centre belongs who had a contact or worked otherwise; who is only on its list adds nothing to what it tells.
create table prepared.main.presence as
with present as (
    select 'centre' as scope_kind, 'centre' as scope_id, agent_id, agent_date
    from published.scorecard.fct_agent_day
    where agent_days > 0
    union
    select 'centre', 'centre', agent_id, agent_date
    from published.scorecard.fct_contact_leg
    where agent_id is not null
    union
    select 'channel', channel, agent_id, agent_date
    from published.scorecard.fct_contact_leg
    where agent_id is not null
    union
    select 'queue', queue_id, agent_id, agent_date
    from published.scorecard.fct_contact_leg
    where agent_id is not null and queue_id is not null
)

select present.*, agent_date as team_date, count(*) over (partition by present.scope_kind, present.scope_id, present.agent_date) as people
from present
semi join prepared.main.period as told_day
    on told_day.period_kind = 'day' and present.agent_date = told_day.period_start
union all by name
-- Whose records a measure counts on a day; his team is that of another one.
select
    owner.measure as scope_kind, 'centre' as scope_id, owner.agent_id, owner.told_date as agent_date, owner.agent_date as team_date,
    count(distinct owner.agent_id) over (partition by owner.measure, owner.told_date) as people
from prepared.main.record_owner as owner
semi join prepared.main.period as told_day
    on told_day.period_kind = 'day' and owner.told_date = told_day.period_start
order by people;

create table prepared.main.scope_day as
select scope_kind, scope_id, agent_date, any_value(people) as people
from prepared.main.presence
group by scope_kind, scope_id, agent_date;

-- Of how many kinds periods begin or end at a border: the more, the dearer it is. The centre has trailing periods of every
-- day, all others of the last one only.
create table prepared.main.border as
with told as (
    select period_kind, told_from, told_until
    from prepared.main.period
    where not starts_with(period_kind, 'trailing') or told_until = (select max(told_until) from prepared.main.period)
),

ends as (
    select period_kind, told_from as border_date
    from told
    union
    select period_kind, told_until
    from told
)

select border_date, count(*) as kinds
from ends
group by border_date;

-- Periods in which somebody was at work. A period has such a day if it has the first of them: the one whose day before
-- was not in it.
create table prepared.main.wide_period as
with first_day as (
    select
        *,
        lag(agent_date) over (partition by scope_kind, scope_id order by agent_date) as previous_date
    from prepared.main.scope_day
)

select distinct
    first_day.scope_kind, first_day.scope_id,
    period.period_kind, period.period_start, period.told_from, period.told_until
from first_day
inner join prepared.main.period as period
    on first_day.agent_date >= period.period_start
    and first_day.agent_date < period.period_end
    and (first_day.previous_date is null or first_day.previous_date < period.period_start);

create table prepared.main.wide_value as
select kpi_value.*
from published.scorecard.fct_kpi_value as kpi_value
semi join prepared.main.wide_period as wide_period
    on kpi_value.scope_kind = wide_period.scope_kind
    and kpi_value.scope_id = wide_period.scope_id
    and kpi_value.period_kind = wide_period.period_kind
    and kpi_value.period_start = wide_period.period_start
where kpi_value.scope_kind in ('centre', 'channel', 'queue')
    -- Largest and smallest values are values of one person.
    and kpi_value.kpi_id not in (select kpi_id from published.scorecard.dim_kpi where method = 'peak')
    -- What is told by the owners of records is told of the centre: they are too few to be parted by channel or queue.
    and (kpi_value.scope_kind = 'centre' or kpi_value.kpi_id not in (select kpi_id from prepared.main.record_kpi))
    and kpi_value.kpi_id not in (select kpi_id from prepared.main.kept_apart)
order by kpi_value.period_kind = 'day', kpi_value.scope_kind, kpi_value.scope_id, kpi_value.kpi_id, kpi_value.period_start;

create temp table half_hour_told as
select half_hour.*
from published.scorecard.fct_kpi_half_hour as half_hour
where half_hour.scope_kind in ('centre', 'channel', 'queue')
    and half_hour.local_date >= getvariable('first_drill_day')
    -- Largest values are values of one person.
    and half_hour.kpi_id not in (select kpi_id from published.scorecard.dim_kpi where method = 'peak');

-- Whose work a half-hour of a wide scope is made of: who had a contact in it (`present`) and who was signed in (`signed_in`),
-- which is what the time of agents is told of, and who took those that began in it (`began`), for a queue those that entered
-- it then, perhaps later, which is what all else is told of. Half-hours begin
-- at quarters of an hour of universal time, also where the zone is not whole hours away.
create table prepared.main.half_hour_work as
with half_hour as (
    select distinct half_hour_started_at from half_hour_told
),

told as (
    select min(half_hour_started_at) as since, max(half_hour_started_at) + interval 30 minute as until
    from half_hour
),

-- Only as far as half-hours are told: some legs are never ended, or last for days.
told_leg as (
    select
        leg.channel, leg.queue_id, leg.agent_id, leg.agent_date,
        greatest(leg.connected_at, told.since) as connected_at,
        least(coalesce(leg.ended_at, leg.connected_at), told.until) as worked_until
    from published.scorecard.fct_contact_leg as leg
    cross join told
    where leg.agent_id is not null
        and coalesce(leg.ended_at, leg.connected_at) >= told.since
        and leg.connected_at < told.until
),

quarter as (
    select
        *,
        unnest(generate_series(
            time_bucket(interval 15 minute, connected_at - interval 30 minute),
            worked_until,
            interval 15 minute
        )) as half_hour_started_at
    from told_leg
),

leg as (
    select
        'present' as basis, quarter.channel, quarter.queue_id, quarter.agent_id, quarter.agent_date,
        quarter.half_hour_started_at
    from quarter
    semi join half_hour on quarter.half_hour_started_at = half_hour.half_hour_started_at
    where quarter.connected_at < quarter.half_hour_started_at + interval 30 minute
        and quarter.worked_until >= quarter.half_hour_started_at
    union all
    select 'began', leg.channel, null, leg.agent_id, leg.agent_date, contact.half_hour_started_at
    from published.scorecard.fct_contact as contact
    semi join half_hour on contact.half_hour_started_at = half_hour.half_hour_started_at
    inner join published.scorecard.fct_contact_leg as leg on contact.contact_key = leg.contact_key
    where leg.agent_id is not null
),

-- A queue is told of the visits that entered it in a half-hour, whenever their contacts began.
entered as (
    select
        leg.queue_id, leg.agent_id, leg.agent_date,
        unnest(if(
            visit.entered_at is null,
            [contact.half_hour_started_at],
            [
                time_bucket(interval 15 minute, visit.entered_at),
                time_bucket(interval 15 minute, visit.entered_at - interval 15 minute)
            ]
        )) as half_hour_started_at
    from published.scorecard.fct_contact_leg as leg
    inner join published.scorecard.fct_contact as contact on leg.contact_key = contact.contact_key
    left join published.scorecard.fct_queue_visit as visit on leg.visit_key = visit.visit_key
    where leg.agent_id is not null
        and leg.queue_id is not null
        and contact.contact_date >= getvariable('first_drill_day') - 7
),

-- Whose time the centre is told of, with a contact or without.
signed_in as (
    select half_hour.scope_id as agent_id, half_hour.local_date as agent_date, half_hour.half_hour_started_at
    from published.scorecard.fct_kpi_half_hour as half_hour
    where half_hour.scope_kind = 'agent'
        and half_hour.kpi_id = 'utilisation'
        and half_hour.local_date >= getvariable('first_drill_day')
),

worked as (
    select basis, 'centre' as scope_kind, 'centre' as scope_id, half_hour_started_at, agent_id, agent_date
    from leg
    union
    select basis, 'channel', channel, half_hour_started_at, agent_id, agent_date
    from leg
    union
    select basis, 'queue', queue_id, half_hour_started_at, agent_id, agent_date
    from leg
    where queue_id is not null
    union
    select 'began', 'queue', entered.queue_id, entered.half_hour_started_at, entered.agent_id, entered.agent_date
    from entered
    semi join half_hour on entered.half_hour_started_at = half_hour.half_hour_started_at
    union
    select 'signed_in', 'centre', 'centre', half_hour_started_at, agent_id, agent_date
    from signed_in
)

from worked
order by agent_id;

create table prepared.main.half_hour_people as
select basis, scope_kind, scope_id, half_hour_started_at, count(distinct agent_id) as people
from prepared.main.half_hour_work
group by basis, scope_kind, scope_id, half_hour_started_at;

create table prepared.main.half_hour_slot as
select distinct scope_kind, scope_id, local_date, half_hour_started_at
from half_hour_told;

-- Those that so few people worked in that nobody may see them are left out.
create table prepared.main.fct_kpi_half_hour as
with enough as (
    select scope_kind, scope_id, half_hour_started_at
    from prepared.main.half_hour_people
    group by scope_kind, scope_id, half_hour_started_at
    having min(people) >= getvariable('fewest_outside')
)

select half_hour.*
from half_hour_told as half_hour
semi join enough
    on half_hour.scope_kind = enough.scope_kind
    and half_hour.scope_id = enough.scope_id
    and half_hour.half_hour_started_at = enough.half_hour_started_at
order by half_hour.local_date, half_hour.scope_kind, half_hour.scope_id, half_hour.half_hour_started_at, half_hour.kpi_id;

-- Windows of the topics and days that had a signal; of all others one, which says whether the topic was judged on the day.
create table prepared.main.fct_topic_hour as
select hour.*
from published.scorecard.fct_topic_hour as hour
left join (select distinct topic, local_date from published.scorecard.fct_topic_signal) as signal
    on hour.topic = signal.topic and hour.local_date = signal.local_date
qualify signal.topic is not null or row_number() over (
    partition by hour.topic, hour.local_date order by hour.window_state not in ('usual', 'signal'), hour.hour_end
) = 1;

-- Records of the days that the pages show them of; without such days, none.
-- made from record_facts.py:
create table prepared.main.fct_contact_leg as
from published.scorecard.fct_contact_leg
where contact_date >= getvariable('first_record_day')
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
create table prepared.main.fct_agent_offer as
from published.scorecard.fct_agent_offer
where contact_date >= getvariable('first_record_day')
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
create table prepared.main.fct_agent_day as
from published.scorecard.fct_agent_day
where agent_date >= getvariable('first_record_day')
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
create table prepared.main.fct_quality_review as
from published.scorecard.fct_quality_review
where review_date >= getvariable('first_record_day')
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
create table prepared.main.fct_check_error as
from published.scorecard.fct_check_error
where error_date >= getvariable('first_record_day')
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
create table prepared.main.fct_rating as
from published.scorecard.fct_rating
where contact_date >= getvariable('first_record_day')
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
create table prepared.main.fct_complaint as
from published.scorecard.fct_complaint
where received_date >= getvariable('first_record_day')
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
create table prepared.main.fct_finding as
from published.scorecard.fct_finding
where occurred_on >= getvariable('first_record_day')
    and severe_incidents > 0
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
create table prepared.main.fct_appeal as
from published.scorecard.fct_appeal
where appeal_date >= getvariable('first_record_day')
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
create table prepared.main.fct_contact_tag as
from published.scorecard.fct_contact_tag
where contact_date >= getvariable('first_record_day')
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
create table prepared.main.fct_time_record as
from published.scorecard.fct_time_record
where worked_on >= getvariable('first_record_day')
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
create table prepared.main.fct_monitoring_session as
from published.scorecard.fct_monitoring_session
where session_date >= getvariable('first_record_day')
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
create table prepared.main.fct_intervention as
from published.scorecard.fct_intervention
where intervention_date >= getvariable('first_record_day')
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
create table prepared.main.fct_test_call as
from published.scorecard.fct_test_call
where call_date >= getvariable('first_record_day')
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
create table prepared.main.fct_ticket_audit as
from published.scorecard.fct_ticket_audit
where audit_date >= getvariable('first_record_day')
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
create table prepared.main.fct_coaching as
from published.scorecard.fct_coaching
where coaching_date >= getvariable('first_record_day')
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
create table prepared.main.fct_document_receipt as
from published.scorecard.fct_document_receipt
where receipt_date >= getvariable('first_record_day')
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
create table prepared.main.fct_defect as
from published.scorecard.fct_defect
where defect_date >= getvariable('first_record_day')
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
create table prepared.main.fct_service_record as
from published.scorecard.fct_service_record
where service_date >= getvariable('first_record_day')
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
create table prepared.main.fct_self_report as
from published.scorecard.fct_self_report
where reported_date >= getvariable('first_record_day')
    and agent_id in (select scope_id from prepared.main.own_scope where scope_kind = 'agent')
order by agent_id;
-- so far.
