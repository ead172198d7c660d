-- What customers complain of, what became of it, and whether contacts could have been avoided.

create table complaint as
with told as (
    select
        contact_number, contact_id, queue_id, coalesce(taker_id, agent_id) as agent_id, ended_at,
        ended_at + seconds(1800 + 4 * 86400 * u('complains after', contact_number)) as received_at,
        u('complaint decided', contact_number) as by_decision,
        u('complaint leaf', contact_number) as by_leaf
    from record
    where source_id = 'desk' and outcome = 'served' and direction = 'inbound'
        and u('complains', contact_number) < chosen(0.0015, 0.003)
),
about as (
    select
        *,
        -- The fourteen leaves of the source, and what is nobody's fault in a conversation.
        ([
            'knowledge.wrong', 'knowledge.wrong', 'knowledge.wrong', 'knowledge.incomplete', 'knowledge.incomplete',
            'attitude.cold', 'attitude.cold', 'attitude.words', 'attitude.malicious', 'skill.wording', 'skill.wording',
            'skill.handling', 'skill.system', 'transfer.playback.untargeted', 'transfer.playback.forced',
            'transfer.menu.wrong_node', 'transfer.menu.no_consent', 'transfer.specialist.refused',
            'transfer.specialist.wrong', 'other.wait', 'other.wait', 'other.wait', 'other.product', 'other.process',
            'other.platform'
        ])[1 + floor(25 * by_leaf)::integer] as leaf,
        received_at + seconds(86400 * (1 + 11 * u('decided after', contact_number))) as decided_at,
        case when by_decision < 0.40 then 'upheld' when by_decision < 0.88 then 'not_upheld' when by_decision < 0.95 then 'withdrawn' end
            as outcome
    from told
)
select
    contact_number,
    'B' || contact_number::varchar as complaint_id,
    received_at,
    case when u('complaint origin', contact_number) < 0.90 then 'customer'
        when u('complaint origin', contact_number) < 0.97 then 'internal' else 'authority' end as origin,
    case when u('complaint channel', contact_number) < 0.5 then 'voice' else 'web' end as channel,
    contact_id,
    agent_id,
    leaf,
    outcome,
    case when outcome is not null then decided_at end as decided_at,
    case when outcome = 'upheld' and not starts_with(leaf, 'other') and u('responsible', contact_number) < 0.9 then agent_id end
        as responsible_agent_id,
    case leaf when 'other.product' then 'product' when 'other.process' then 'operations' when 'other.platform' then 'it' end
        as owner_department,
    outcome = 'upheld' and u('complaint in good faith', contact_number) < 0.08 as good_faith
from about
where received_at < getvariable('covered_until')::timestamptz;

-- Of the errors of the app nobody complains before the last day, when customers had been told of them for some hours.
create macro last_day_at(clock) as
    timezone(getvariable('time_zone'), getvariable('last_on')::date + clock);

delete from complaint
using record
where complaint.contact_number = record.contact_number and record.topic = 'app_error' and getvariable('days') >= 31
    and complaint.received_at < last_day_at(time '11:20:00') and local_date(complaint.received_at) >= getvariable('last_on')::date - 1;

insert into complaint by name
select
    contact_number,
    'B' || contact_number::varchar as complaint_id,
    last_day_at(time '11:20:00') as received_at,
    'customer' as origin,
    'web' as channel,
    contact_id,
    coalesce(taker_id, agent_id) as agent_id,
    'other.platform' as leaf,
    'it' as owner_department,
    false as good_faith
from record
where source_id = 'desk' and outcome = 'served' and direction = 'inbound' and topic = 'app_error'
    and is_rising(started_at, getvariable('last_on')::date - 1, 10, 13)
    and contact_number not in (select contact_number from complaint)
order by contact_number
limit 1;

-- What was done about the two topics: customers are told before the first complaint, and the promotion was a false alarm.
create table action as
select action_id, origin_id, kind, taken_at, result
from (
    select
        'N-1' as action_id, strftime(getvariable('last_on')::date - 1, 'app_error@%Y-%m-%dT12') as origin_id,
        'customer_notice' as kind, last_day_at(time '08:30:00') as taken_at, null as result
    union all
    select
        'N-2', strftime(getvariable('last_on')::date - 1, 'app_error@%Y-%m-%dT12'),
        'knowledge_update', last_day_at(time '15:00:00'), 'true_event'
    union all
    select
        'N-3', strftime(getvariable('last_on')::date - 2, 'promotion@%Y-%m-%dT17'),
        'none_needed', last_day_at(time '10:00:00') - interval 24 hour, 'false_alarm'
)
where getvariable('days') >= 31;

-- One in eight of those held responsible objects; every third objection is granted.
create table appeal as
with objection as (
    select
        contact_number, complaint_id, responsible_agent_id,
        decided_at + seconds(3600 + 4 * 86400 * u('objects after', contact_number)) as filed_at,
        u('appeal ruling', contact_number) as by_ruling
    from complaint
    where responsible_agent_id is not null and u('objects', contact_number) < 0.125
)
select
    contact_number,
    'O' || contact_number::varchar as appeal_id,
    complaint_id,
    responsible_agent_id as filed_by,
    filed_at,
    filed_at + seconds(86400 * (2 + 6 * u('ruled after', contact_number))) as decided_at,
    case when by_ruling < 0.33 then 'granted' else 'rejected' end as outcome,
    case when by_ruling < 0.12 then 'overturned' when by_ruling < 0.22 then 'not_responsible' when by_ruling < 0.33 then 'good_faith' end
        as effect
from objection
where filed_at < getvariable('covered_until')::timestamptz;

-- Agents say of one contact in ten whether it could have been avoided, and by whom; of two transfers in three why; and of
-- half of the customers who are back within three days that they looked up what had been.
create table tag as
with served as (
    select
        contact_number, contact_id, direction, agent_id, taker_id, ended_at, started_on,
        started_at - interval 72 hour <= lag(started_at) over (partition by customer_id order by started_at, contact_number)
            and customer_id is not null and not is_test as is_back
    from record
    where source_id = 'desk' and outcome = 'served'
),
said as (
    select
        *,
        if(u('avoidable', contact_number) < 0.15, 'avoidable', 'not_avoidable') as tag,
        if(
            tag = 'avoidable',
            (['logistics', 'logistics', 'billing', 'product', 'it'])[1 + floor(5 * u('avoidable by', contact_number))::integer],
            null
        ) as detail
    from served
    where direction = 'inbound' and u('judged', contact_number) < 0.1
    union all by name
    select
        *,
        'difficult_customer' as tag,
        (['angry', 'angry', 'unfriendly', 'talkative', 'slow'])[1 + floor(5 * u('difficult how', contact_number))::integer] as detail
    from served
    where direction = 'inbound' and u('difficult customer', contact_number) < 0.03
    union all by name
    select *, 'history_checked' as tag from served where is_back and u('looked up', contact_number) < 0.5
    union all by name
    select
        *,
        'transfer_cause' as tag,
        ([
            'same_skill_knowledge', 'same_skill_knowledge', 'same_skill_knowledge', 'entry_category', 'entry_category',
            'no_authority', 'missing_in_knowledge_base', 'customer_wish'
        ])[1 + floor(8 * u('sent on because', contact_number))::integer] as detail
    from served
    where taker_id is not null and u('says why', contact_number) < 0.67
)
select
    contact_number,
    contact_id,
    tag,
    detail,
    if(tag = 'transfer_cause', agent_id, coalesce(taker_id, agent_id)) as tagged_by,
    ended_at + seconds(30) as tagged_at,
    started_on
from said;

-- Two plans, begun when half of the days are over: one against the stiff tone, which helps, and one against wrong answers, of
-- which there are as many as before; it is still open and late.
create table plan as
select
    'P-1' as plan_id, 'defect_elimination' as kind, 'error_code' as subject_kind, 'AT-01' as subject_id, 'A0001' as owner_id,
    day_at(0) as baseline_from, day_at(0.5) as starts_on, day_at(0.75) as due_on, day_at(0.7) as closed_on,
    null::varchar as improved_agent_id, null::varchar as kpi_id
union all
select
    'P-2', 'rectification', 'complaint_leaf', 'knowledge.wrong', 'A0001',
    day_at(0), day_at(0.5), day_at(0.9), null, null, null;

-- What the plans' owner spends her time on: mostly on the causes that most errors and complaints come from.
create table work_time as
with worked as (
    select
        unnest(range(getvariable('first_on')::date::timestamp, day_at(1)::timestamp, interval 1 day))::date as worked_on
),
numbered as (
    select *, worked_on - date '2000-01-01' as day_number from worked where isodow(worked_on) <= 5
)
select
    'T' || day_number::varchar as record_id,
    'A0001' as agent_id,
    worked_on,
    case when u('puts out fires', day_number) < 0.2 then 'firefighting' else 'error_work' end as category,
    30 + 15 * floor(7 * u('minutes', day_number))::integer as minutes,
    case when category = 'firefighting' then null when u('cause', day_number) < 0.6 then 'error_code' else 'complaint_leaf' end
        as cause_kind,
    case cause_kind
        when 'error_code' then (['AT-01', 'AT-01', 'KN-01', 'DU-01'])[1 + floor(4 * u('code', day_number))::integer]
        when 'complaint_leaf' then (['knowledge.wrong', 'knowledge.wrong', 'skill.system'])[1 + floor(3 * u('code', day_number))::integer]
    end as cause_code,
    if(cause_code = 'AT-01' and worked_on between day_at(0.5) and day_at(0.7), 'P-1', null) as plan_id
from numbered;
