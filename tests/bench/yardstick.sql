-- The yardstick of `make bench`: the 22 operating KPIs at agent-day grain (those without an agent scope at centre-day or
-- queue-day grain) straight from contract CSV, with nothing checked, kept or explained. Variables: landing, zone.
set timezone = 'UTC';

create table contact_events as
select * from read_csv(getvariable('landing') || '/*/*/contact_events*.csv', union_by_name = true);

create table contacts as
select * from read_csv(getvariable('landing') || '/*/*/contacts*.csv', union_by_name = true);

create table messages as
select contact_id, sent_at, sender, agent_id, is_manual
from read_csv(getvariable('landing') || '/*/*/messages*.csv', union_by_name = true);

create table agent_states as
select * from read_csv(getvariable('landing') || '/*/*/agent_states*.csv', union_by_name = true);

create table ratings as
select * from read_csv(getvariable('landing') || '/*/*/ratings*.csv', union_by_name = true);

create table quality_reviews as
select * from read_csv(getvariable('landing') || '/*/*/quality_reviews*.csv', union_by_name = true);

create table staff as
select * from read_csv(getvariable('landing') || '/*/*/staff*.csv', union_by_name = true);

create table site_visits as
select * from read_csv(getvariable('landing') || '/*/*/site_visits*.csv', union_by_name = true);

create table contact_day as
select
    contact_id,
    customer_id,
    channel,
    direction,
    queue_id,
    topic,
    started_at,
    ended_at,
    timezone(getvariable('zone'), started_at)::date as contact_date
from contacts
where not is_test;

create table leg as
select
    contact_id,
    agent_id,
    queue_id,
    occurred_at as connected_at,
    lead(occurred_at) over lifecycle as ended_at,
    lead(event_type) over lifecycle = 'transferred' as is_transferred,
    row_number() over lifecycle as leg_number
from contact_events
where event_type in ('connected', 'transferred', 'ended')
window lifecycle as (partition by contact_id order by occurred_at, event_type)
qualify event_type = 'connected';

create table wait as
select
    contact_id,
    min(occurred_at) filter (event_type = 'queued') as queued_at,
    min(occurred_at) filter (event_type = 'connected') as connected_at,
    min(occurred_at) filter (event_type = 'abandoned') as abandoned_at,
    epoch(coalesce(min(occurred_at) filter (event_type in ('connected', 'abandoned', 'left_queue')), queued_at)
        - queued_at) as wait_seconds,
    sum(epoch(occurred_at) * case event_type when 'wrap_up_started' then -1 when 'wrap_up_ended' then 1 end)
        as wrap_up_seconds
from contact_events
group by contact_id;

create table turn as
with ordered as (
    select
        contact_id,
        sender,
        agent_id,
        sent_at,
        lag(sender) over talk as previous_sender,
        row_number() over talk - row_number() over (partition by contact_id, sender order by sent_at) as run
    from messages
    where sender = 'customer' or (sender = 'agent' and is_manual)
    window talk as (partition by contact_id order by sent_at)
),

marked as (
    select
        *,
        first_value(sent_at) over (partition by contact_id, sender, run order by sent_at) as run_started_at
    from ordered
)

select
    contact_id,
    agent_id,
    sent_at as replied_at,
    lag(run_started_at) over (partition by contact_id order by sent_at) as asked_at
from marked
qualify sender = 'agent' and previous_sender = 'customer';

create table agent_turn as
select
    turn.agent_id,
    contact_day.contact_date,
    sum(epoch(turn.replied_at - greatest(turn.asked_at, leg.connected_at))) as response_seconds,
    count(*) as turns,
    sum(epoch(turn.replied_at - greatest(turn.asked_at, leg.connected_at)))
        filter (turn.replied_at = first_reply.replied_at) as first_response_seconds,
    count(*) filter (turn.replied_at = first_reply.replied_at) as first_responses,
    quantile_disc(epoch(turn.replied_at - turn.asked_at), [0.5, 0.9]) as response_quantiles
from turn
inner join contact_day using (contact_id)
asof left join leg
    on turn.contact_id = leg.contact_id and turn.agent_id = leg.agent_id and turn.replied_at >= leg.connected_at
left join (select contact_id, agent_id, min(replied_at) as replied_at from turn group by all) as first_reply
    on turn.contact_id = first_reply.contact_id and turn.agent_id = first_reply.agent_id
group by all;

create table contact_messages as
select
    contact_id,
    count(*) filter (sender = 'customer') as customer_messages,
    count(*) filter (sender = 'agent' and is_manual) as agent_messages,
    count(*) filter (sender = 'system' or (sender = 'agent' and not is_manual)) as system_messages
from messages
group by contact_id;

create table resolution as
select
    contact_id,
    not exists (
        select 1
        from contact_day as later
        where later.customer_id = contact_day.customer_id
            and later.started_at > contact_day.started_at
            and later.started_at <= contact_day.started_at + interval 7 days
    ) as is_resolved
from contact_day
where direction = 'inbound';

create table concurrency as
select agent_id, contact_date, max(open_legs) as peak_concurrent_legs
from (
    select
        agent_id,
        timezone(getvariable('zone'), moment)::date as contact_date,
        sum(step) over (partition by agent_id order by moment, step) as open_legs
    from (
        select agent_id, connected_at as moment, 1 as step from leg
        union all
        select agent_id, ended_at, -1 from leg
    )
)
group by all;

create table state_day as
select
    agent_id,
    timezone(getvariable('zone'), started_at)::date as contact_date,
    sum(epoch(ended_at - started_at)) filter (state != 'offline') as signed_in_seconds,
    sum(epoch(ended_at - started_at)) filter (state in ('ready', 'wrap_up')) as working_seconds
from agent_states
group by all;

create table agent_day as
select
    leg.agent_id,
    contact_day.contact_date,
    count(*) as handled_legs,
    count(*) filter (leg.is_transferred) as transferred,
    sum(epoch(leg.ended_at - leg.connected_at)) as duration_seconds,
    quantile_disc(epoch(leg.ended_at - leg.connected_at), [0.5, 0.9]) as duration_quantiles,
    sum(wait.wrap_up_seconds) as wrap_up_seconds,
    count(*) filter (resolution.is_resolved) as resolved,
    count(resolution.contact_id) as resolution_cases,
    count(*) filter (contact_messages.customer_messages = 0 or contact_messages.agent_messages = 0) as invalid,
    sum(contact_messages.customer_messages) as customer_messages,
    sum(contact_messages.agent_messages) as agent_messages,
    sum(contact_messages.system_messages) as system_messages
from leg
inner join contact_day using (contact_id)
left join wait using (contact_id)
left join resolution using (contact_id)
left join contact_messages using (contact_id)
group by all;

create table rating_day as
select
    ratings.agent_id,
    contact_day.contact_date,
    count(ratings.delivered_at) as delivered,
    count(ratings.stars) as rated,
    sum(ratings.stars) as stars
from ratings
inner join contact_day using (contact_id)
group by all;

create table review_day as
select
    agent_id,
    timezone(getvariable('zone'), reviewed_at)::date as contact_date,
    count(*) as reviews,
    count(*) filter (score >= 97) as passed
from quality_reviews
group by all;

create table queue_day as
select
    contact_day.queue_id,
    contact_day.contact_date,
    count(*) as received,
    count(wait.connected_at) as connected,
    sum(wait.wait_seconds) filter (wait.wait_seconds >= 1) / count(*) filter (wait.wait_seconds >= 1) as queue_time,
    avg(wait.wait_seconds) filter (wait.abandoned_at is not null and wait.wait_seconds > 5) as abandon_time,
    count(*) filter (wait.wait_seconds > 60) / count(*) as placement
from contact_day
inner join wait using (contact_id)
group by all;

create table consultation_day as
select visited_on, sum(visitors) as visitors, any_value(customers) as customers
from site_visits
left join (select contact_date, count(distinct customer_id) as customers from contact_day group by all) as asked
    on site_visits.visited_on = asked.contact_date
group by visited_on;

create table headcount_day as
select days.contact_date, count(*) as heads, count(*) filter (staff.left_on = days.contact_date) as leavers
from (select distinct contact_date from contact_day) as days
inner join staff on staff.hired_on <= days.contact_date and coalesce(staff.left_on, 'infinity'::date) >= days.contact_date
where staff.employment = 'full'
group by all;

create table kpi as
select
    agent_day.agent_id,
    agent_day.contact_date,
    transferred / handled_legs as transfer_rate,
    resolved / nullif(resolution_cases, 0) as first_contact_resolution_rate,
    peak_concurrent_legs,
    working_seconds / signed_in_seconds as ready_time_share,
    8 * 3600 * handled_legs / signed_in_seconds as contacts_per_agent_day,
    3600 * handled_legs / signed_in_seconds as contacts_per_agent_hour,
    duration_seconds / handled_legs as avg_contact_duration,
    duration_quantiles,
    first_response_seconds / nullif(first_responses, 0) as first_response_time,
    response_seconds / nullif(turns, 0) as avg_response_time,
    response_quantiles,
    wrap_up_seconds / handled_legs as after_contact_work_time,
    reviews,
    passed / nullif(reviews, 0) as quality_pass_rate,
    invalid / handled_legs as invalid_contact_rate,
    customer_messages / agent_messages as message_mix,
    system_messages,
    20 * stars / nullif(rated, 0) as satisfaction_score,
    rated / nullif(delivered, 0) as rating_participation_rate
from agent_day
left join agent_turn using (agent_id, contact_date)
left join concurrency using (agent_id, contact_date)
left join state_day using (agent_id, contact_date)
left join rating_day using (agent_id, contact_date)
left join review_day using (agent_id, contact_date);
