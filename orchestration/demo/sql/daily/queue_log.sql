-- Lines of Asterisk's queue_log of one local day; a call over midnight has lines in two files.
with call as (
    select
        record.*,
        coalesce(customer_id, 'anonymous') as caller,
        own.account as extension,
        taker.account as taker_extension,
        declining.account as declining_extension,
        coalesce(date_diff('second', connected_at, first_leg_ends_at), 0) as talk_seconds,
        date_diff('second', taken_at, ended_at) as second_talk_seconds
    from record
    left join account as own
        on record.agent_id = own.agent_id and started_on >= own.valid_from and (own.valid_to is null or started_on < own.valid_to)
    left join account as taker
        on record.taker_id = taker.agent_id and started_on >= taker.valid_from
        and (taker.valid_to is null or started_on < taker.valid_to)
    left join account as declining
        on record.declining_agent_id = declining.agent_id and started_on >= declining.valid_from
        and (declining.valid_to is null or started_on < declining.valid_to)
    where source_id = 'pbx' and started_on between getvariable('day')::date - 1 and getvariable('day')::date
),
call_line as (
    select queued_at as logged_at, 1 as rank, contact_id as call_id, queue_id as queue, 'NONE' as agent, 'ENTERQUEUE' as event,
        '' as d1, caller as d2, '1' as d3, '' as d4, '' as d5
    from call where outcome != 'blocked'
    union all by name
    select queued_at + seconds(18) as logged_at, 2 as rank, contact_id as call_id, queue_id as queue, declining_extension as agent,
        'RINGNOANSWER' as event, '15000' as d1
    from call where declining_extension is not null
    union all by name
    select connected_at as logged_at, 3 as rank, contact_id as call_id, queue_id as queue, extension as agent, 'CONNECT' as event,
        wait_seconds::varchar as d1, contact_id || '9' as d2, least(3, wait_seconds)::varchar as d3
    from call where outcome = 'served'
    union all by name
    select first_leg_ends_at as logged_at, 6 as rank, contact_id as call_id, queue_id as queue, extension as agent,
        case when u('hangs up', contact_number) < 0.6 then 'COMPLETECALLER' else 'COMPLETEAGENT' end as event,
        wait_seconds::varchar as d1, talk_seconds::varchar as d2, '1' as d3
    from call where outcome = 'served' and sent_at is null
    union all by name
    select sent_at as logged_at, 6 as rank, contact_id as call_id, queue_id as queue, extension as agent, 'BLINDTRANSFER' as event,
        target_queue_id as d1, 'queues' as d2, wait_seconds::varchar as d3, talk_seconds::varchar as d4, '1' as d5
    from call where sent_at is not null
    union all by name
    select sent_at + seconds(1) as logged_at, 7 as rank, contact_id as call_id, target_queue_id as queue, 'NONE' as agent,
        'ENTERQUEUE' as event, '' as d1, caller as d2, '1' as d3
    from call where sent_at is not null
    union all by name
    select taken_at as logged_at, 8 as rank, contact_id as call_id, target_queue_id as queue, taker_extension as agent,
        'CONNECT' as event, (date_diff('second', sent_at, taken_at) - 1)::varchar as d1, contact_id || '8' as d2, '2' as d3
    from call where taker_id is not null
    union all by name
    select ended_at as logged_at, 9 as rank, contact_id as call_id, target_queue_id as queue, taker_extension as agent,
        'COMPLETECALLER' as event, (date_diff('second', sent_at, taken_at) - 1)::varchar as d1,
        second_talk_seconds::varchar as d2, '1' as d3
    from call where taker_id is not null
    union all by name
    select ended_at as logged_at, 9 as rank, contact_id as call_id, target_queue_id as queue, 'NONE' as agent, 'ABANDON' as event,
        '1' as d1, '1' as d2, (date_diff('second', sent_at, ended_at) - 1)::varchar as d3
    from call where sent_at is not null and taker_id is null
    union all by name
    select ended_at as logged_at, 4 as rank, contact_id as call_id, queue_id as queue, 'NONE' as agent, 'ABANDON' as event,
        '1' as d1, '1' as d2, wait_seconds::varchar as d3
    from call where outcome = 'abandoned'
    union all by name
    select ended_at as logged_at, 4 as rank, contact_id as call_id, queue_id as queue, 'NONE' as agent,
        case when u('way out', contact_number) < 0.6 then 'EXITWITHTIMEOUT' else 'EXITWITHKEY' end as event,
        case when u('way out', contact_number) < 0.6 then '1' else '9' end as d1, '1' as d2,
        case when u('way out', contact_number) < 0.6 then wait_seconds::varchar else '1' end as d3,
        case when u('way out', contact_number) < 0.6 then '' else wait_seconds::varchar end as d4
    from call where outcome = 'left'
    union all by name
    select queued_at as logged_at, 1 as rank, contact_id as call_id, queue_id as queue, 'NONE' as agent,
        (['FULL', 'CLOSED', 'JOINEMPTY'])[1 + floor(3 * u('refused', contact_number))::integer] as event, caller as d1
    from call where outcome = 'blocked'
    union all by name
    select coalesce(sent_at, first_leg_ends_at) as logged_at, 10 as rank, 'NONE' as call_id, 'NONE' as queue, extension as agent,
        'PAUSEALL' as event, 'wrap-up' as d1
    from call where outcome = 'served' and wrap_up_seconds > 0
    union all by name
    select coalesce(sent_at, first_leg_ends_at) + seconds(wrap_up_seconds) as logged_at, 11 as rank, 'NONE' as call_id,
        'NONE' as queue, extension as agent, 'UNPAUSEALL' as event
    from call where outcome = 'served' and wrap_up_seconds > 0
),
state as (
    select
        agent_state.*,
        account.account as extension,
        lag(state, 1, 'offline') over (partition by agent_state.agent_id, shift_key order by started_at, state) as state_before
    from agent_state
    inner join account
        on agent_state.agent_id = account.agent_id and worked_on >= account.valid_from
        and (account.valid_to is null or worked_on < account.valid_to)
    where work = 'voice' and worked_on between getvariable('day')::date - 1 and getvariable('day')::date
),
state_line as (
    select started_at as logged_at, 12 as rank, 'REALTIME' as call_id, member.queue, extension as agent,
        case when state = 'offline' then 'REMOVEMEMBER' else 'ADDMEMBER' end as event, 'PAUSED' as d1
    from state, (values ('voice-service'), ('voice-orders')) as member (queue)
    where state = 'offline' or (state = 'ready' and state_before = 'offline')
    union all by name
    select started_at as logged_at, 12 as rank, 'NONE' as call_id, 'NONE' as queue, extension as agent,
        case when state = 'ready' then 'UNPAUSEALL' else 'PAUSEALL' end as event,
        case state when 'away' then 'break' when 'busy' then 'paperwork' when 'ready' then '' else state end as d1
    from state
    where state != 'offline' and not (state = 'ready' and state_before = 'offline')
),
line as (
    select * replace (case when event in ('REMOVEMEMBER', 'ADDMEMBER') then '' else d1 end as d1)
    from (select * from call_line union all by name select * from state_line) as sides
    union all by name
    select timezone(getvariable('time_zone'), getvariable('day')::date::timestamp) as logged_at, 0 as rank, 'NONE' as call_id,
        'NONE' as queue, 'NONE' as agent, 'CONFIGRELOAD' as event
)
select
    epoch(logged_at)::bigint::varchar as epoch, call_id, queue, agent, event,
    coalesce(d1, '') as d1, coalesce(d2, '') as d2, coalesce(d3, '') as d3, coalesce(d4, '') as d4, coalesce(d5, '') as d5
from line
where local_date(logged_at) = getvariable('day')::date and agent is not null
order by logged_at, rank, call_id, agent, queue, event
