-- How the centre looks after itself: managers listen and step in, testers call, tickets are audited, leaders talk with their
-- agents, documents are addressed and signed. What is told of the telephone comes from the quality team, as its reviews do.

create table listening as
with heard as (
    select
        record.contact_number, record.source_id, record.contact_id, record.agent_id, record.connected_at, record.ended_at,
        record.started_on,
        leader.agent_id as leader_id,
        u('heard at level', record.contact_number) as by_level,
        u('steps in', record.contact_number) < 0.25 as is_stepping_in
    from record
    inner join person on record.agent_id = person.agent_id
    inner join person as leader on leader.duty = 'leader' and leader.number = 1 + person.leaf_number % getvariable('leaders')
    where record.outcome = 'served' and record.direction = 'inbound' and person.duty = 'agent'
        and u('listened to', record.contact_number) < 0.004
)
select
    contact_number,
    'L' || contact_number::varchar as session_id,
    case when source_id = 'desk' then 'desk' else 'qa' end as source_id,
    case when source_id = 'desk' then contact_id end as contact_id,
    agent_id,
    case when by_level < 0.60 then leader_id else 'A0001' end as monitor_id,
    case when by_level < 0.60 then 'team_leader' when by_level < 0.88 then 'supervisor' when by_level < 0.97 then 'duty_manager'
        else 'director' end as level,
    case when u('listens live', contact_number) < 0.4 then 'live' else 'recorded' end as mode,
    started_on,
    if(mode = 'live', connected_at, ended_at + seconds(3600)) as started_at,
    started_at + seconds(240) as ended_at,
    case when u('concludes', contact_number) < 0.15 then 'excellent' when u('concludes', contact_number) < 0.88 then 'ordinary'
        else 'needs_training' end as conclusion,
    case when u('finds difficult', contact_number) < 0.3 then
        (['system_slow', 'system_slow', 'policy_unclear', 'policy_unclear', 'policy_unclear', 'customer_upset', 'two_systems'])[
            1 + floor(7 * u('difficulty', contact_number))::integer]
    end as difficulty,
    case when mode = 'recorded' then 'routine'
        else (['routine', 'voice_rise', 'silence', 'customer_asked'])[1 + floor(4 * u('listens because', contact_number))::integer]
    end as trigger,
    if(mode = 'live' and is_stepping_in, started_at + seconds(90), null) as intervened_at,
    if(mode = 'live' and is_stepping_in,
        (['supportive_message', 'supportive_message', 'offer_takeover', 'whisper', 'smile', 'point_at_message', 'gentle_pat',
            'stern_face', 'knock_on_desk'])[1 + floor(9 * u('steps in by', contact_number))::integer],
        null) as intervention_method,
    if(mode = 'live' and is_stepping_in, u('takes help', contact_number) < 0.6, null) as intervention_accepted,
    u('listener finds error', contact_number) < 0.06 as has_error
from heard;

-- Rules, norms and posts, one every week: rules and notices are to be signed within three days.
create table document as
select
    number,
    'D' || lpad(number::varchar, 3, '0') as document_id,
    (['rule', 'knowledge', 'notice', 'post'])[1 + number % 4] as kind,
    (['Returns without a receipt', 'Invoices of the new system', 'Hours over the holidays', 'A customer says thank you'])[
        1 + number % 4] || ' ' || (number + 1)::varchar as title,
    timezone(getvariable('time_zone'), (getvariable('first_on')::date + 7 * number::integer)::timestamp + interval 9 hour)
        as published_at,
    if(kind = 'post', null, published_at + interval 3 day) as acknowledge_by,
    (['returns', 'invoices', null, null])[1 + number % 4] as knowledge_point
from range(getvariable('days')::bigint // 7) as weeks (number);

create table receipt as
with addressed as (
    select
        document.*,
        person.agent_id,
        document.number * 100000 + person.number as place,
        person.duty
    from document
    cross join person
    where local_date(document.published_at) >= person.hired_on
        and (person.left_on is null or local_date(document.published_at) < person.left_on)
)
select
    document_id,
    agent_id,
    published_at as addressed_at,
    -- Leaders are quick; one agent in twelve never opens it, one in ten of the others reads without signing.
    if(u('opens', place) < if(duty = 'agent', 0.92, 0.99),
        published_at + seconds(if(duty = 'agent', 3600 + 230000 * u('opens after', place), 600 + 30000 * u('opens after', place))),
        null) as read_at,
    if(acknowledge_by is not null and u('signs', place) < 0.9, read_at + seconds(30 + 14000 * u('signs after', place)), null)
        as acknowledged_at
from addressed;

-- What testers asked by a question put straight, and the tests that the exchange knows anyway.
create table test_call as
with called as (
    select
        record.contact_number, record.contact_id, record.agent_id, record.started_at, record.started_on, record.is_test,
        record.source_id
    from record
    inner join person on record.agent_id = person.agent_id
    where record.outcome = 'served' and record.direction = 'inbound' and person.duty = 'agent'
        and (record.is_test or u('tested', record.contact_number) < 0.0015)
),
kinds as (
    select
        *,
        case when is_test then 'simulated_customer' when u('test kind', contact_number) < 0.85 then 'direct_question' else 'silent' end
            as kind
    from called
)
select
    kinds.contact_number,
    'V' || kinds.contact_number::varchar as test_call_id,
    case when kinds.source_id = 'desk' then 'desk' else 'qa' end as source_id,
    kinds.kind,
    kinds.agent_id,
    'A' || lpad((getvariable('leaders') + 1)::varchar, 4, '0') as tester_id,
    kinds.started_at as called_at,
    case when kinds.is_test and kinds.source_id = 'desk' then kinds.contact_id end as contact_id,
    if(kinds.kind = 'direct_question', document.document_id, null) as document_id,
    if(u('test picked', kinds.contact_number) < 0.7, 'random', 'targeted') as selection,
    if(kinds.kind = 'simulated_customer', about.complaint_id, null) as complaint_id,
    u('test passed', kinds.contact_number) < 0.86 as passed,
    kinds.started_on
from kinds
asof left join document on kinds.started_at >= document.published_at
-- A simulated customer plays the last complaint that was told by then.
asof left join complaint as about on kinds.started_at >= about.received_at;

-- Of one contact in two hundred the ticket is audited, mostly before it goes out.
create table ticket_audit as
with written as (
    select
        contact_number, contact_id, coalesce(taker_id, agent_id) as agent_id, ended_at, started_on,
        ended_at + seconds(1800 + 7200 * u('audited after', contact_number)) as audited_at,
        u('ticket wrong', contact_number) < chosen(0.07, 0.12) as has_error
    from record
    where source_id = 'desk' and outcome = 'served' and direction = 'inbound' and u('ticket audited', contact_number) < 0.005
)
select
    contact_number,
    'Z' || contact_number::varchar as audit_id,
    'K' || contact_number::varchar as ticket_id,
    contact_id,
    agent_id,
    'A' || lpad((getvariable('leaders') + 1)::varchar, 4, '0') as auditor_id,
    audited_at,
    local_date(audited_at) as audited_on,
    has_error,
    if(has_error, audited_at + seconds(300 + 600 * u('corrected after', contact_number)), null) as corrected_at,
    if(u('goes out first', contact_number) < 0.1, audited_at - seconds(60), audited_at + seconds(3600)) as dispatched_at,
    has_error and u('told wrong', contact_number) < 0.4 as callback_needed,
    if(callback_needed and u('called back', contact_number) < 0.85,
        audited_at + seconds(600 + 5400 * u('called back after', contact_number)), null) as callback_at
from written
where audited_at < getvariable('covered_until')::timestamptz;

-- Every other review with an error is talked over, nearly always after the twenty minutes that the agent is left in peace.
create table coaching as
with talked as (
    select
        review.contact_number, review.contact_id, review.agent_id, review.source_id, record.ended_at,
        leader.agent_id as coach_id,
        record.ended_at + seconds(
            if(u('talks at once', review.contact_number) < 0.07, 300, 1200 + 14400 * u('talks after', review.contact_number))
        ) as started_at
    from review
    inner join record on review.contact_number = record.contact_number
    inner join person on review.agent_id = person.agent_id
    inner join person as leader on leader.duty = 'leader' and leader.number = 1 + person.leaf_number % getvariable('leaders')
    where review.has_error and u('talked over', review.contact_number) < 0.5
)
select
    contact_number,
    'G' || contact_number::varchar as coaching_id,
    case when source_id = 'desk' then 'desk' else 'qa' end as source_id,
    agent_id,
    coach_id,
    (['joint_listening', 'joint_listening', 'case_study', 'one_to_one', 'emotional_support'])[
        1 + floor(5 * u('talk kind', contact_number))::integer] as kind,
    case when source_id = 'desk' then contact_id end as contact_id,
    started_at,
    started_at + seconds(900) as ended_at,
    if(u('talks at', contact_number) < 0.7, 'quiet_room', 'desk') as place,
    u('account differs', contact_number) < 0.1 as account_differs,
    local_date(started_at) as talked_on
from talked
where started_at < getvariable('covered_until')::timestamptz;
