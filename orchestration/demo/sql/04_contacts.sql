-- Contacts: those served come from the slots; those abandoned, turned away, left to the bot or not answered stand beside.

create table served as
with turned as (
    select
        *,
        row_number() over (order by connected_at, slot_key) as contact_number,
        case
            when work = 'voice' then 'inbound'
            when u('direction', slot_key) < 0.035 then 'callback'
            when u('direction', slot_key) < 0.055 then 'outbound'
            else 'inbound'
        end as direction
    from slot
),
routed as (
    select turned.*, queue.queue_id, queue.channel, queue.mean_wait, queue.share_without_wait, queue.number as queue_number,
        decline_of(queue.queue_id, turned.connected_at) as decline, queue.share_abandoned, queue.mean_patience, queue.share_left, queue.share_blocked
    from turned
    inner join (
        select *, sum(share_of_work) over (partition by work order by number) as upto
        from queue
    ) as queue
        on queue.work = case when turned.is_night and turned.work = 'web' then 'web' else turned.work end
        and case
            -- At night and on holidays the web chat team serves the app only.
            when turned.work = 'web' and (turned.is_night or turned.is_holiday) then queue.queue_id = 'app-service'
            else u('queue', turned.slot_key) >= queue.upto - queue.share_of_work
                and (u('queue', turned.slot_key) < queue.upto or queue.upto > 0.999)
        end
),
waited as (
    select
        *,
        case
            when direction != 'inbound' then 0
            when u('waits', contact_number) < share_without_wait - 0.45 * decline then 0
            else 1 + floor(
                mean_wait * (1 + 0.5 * decline) * expo(u('wait', contact_number))
                * load_at(extract(hour from timezone(getvariable('time_zone'), connected_at)))
                -- A breakdown of the app: an hour and a half in which nobody gets through quickly.
                * case when channel = 'app' and connected_at >= getvariable('outage_start_at')::timestamptz
                    and connected_at < getvariable('outage_end_at')::timestamptz then 6 else 1 end
            )
        end::bigint as wait_seconds
    from routed
)
select
    waited.* exclude (work),
    waited.work,
    connected_at - seconds(wait_seconds) as queued_at,
    -- Before the queue a bot asks what it is about, on the web and in the app.
    connected_at - seconds(wait_seconds)
        - seconds(case when channel in ('web', 'app') and direction = 'inbound' then 5 + 25 * u('bot', contact_number) else 0 end)
        as started_at,
    ([
        'order', 'delivery', 'refund', 'invoice', 'password', 'account', 'price', 'warranty', 'complaint', 'app_error',
        'promotion', 'other'
    ])[1 + floor(12 * pow(u('topic', contact_number), 1.4))::integer] as topic,
    direction = 'inbound' and channel != 'voice' and u('invalid', contact_number) < trait.share_invalid as is_silent,
    direction != 'inbound' and u('no answer', contact_number) < 0.12 as is_unanswered
from waited
inner join trait on waited.agent_id = trait.agent_id;

-- Who is on shift in each hour, so that an offer or a transfer finds somebody.
create table on_shift as
select
    work,
    hour_at,
    list(agent_id order by agent_id) as agent_ids
from (
    select shift.work, shift.agent_id, unnest(range(date_trunc('hour', signed_in_at) + interval 1 hour,
        signed_in_at + seconds(serving_seconds), interval 1 hour)) as hour_at
    from shift
)
group by work, hour_at;

-- Second legs. A blind transfer queues again; a warm one hands over while the first agent is still there.
create table transfer as
with chosen as (
    select
        served.contact_number,
        served.agent_id,
        served.work,
        served.queue_id,
        served.channel,
        served.connected_at + seconds(served.talk_seconds) as sent_at,
        case
            when u('target', contact_number) < 0.40 then 'expert-desk'
            when u('target', contact_number) < 0.70 then served.queue_id
            else case served.channel
                when 'web' then 'web-orders' when 'app' then 'app-technical' when 'wechat' then 'weibo-service'
                when 'weibo' then 'wechat-service' else 'expert-desk' end
        end as target_queue_id,
        case when served.work != 'voice' and u('warm', contact_number) < 0.4 then 'warm' else 'blind' end as transfer_kind
    from served
    inner join trait on served.agent_id = trait.agent_id
    where served.direction = 'inbound' and not served.is_silent
        and u('transfer', contact_number) < trait.share_transferred
),
aimed as (
    select
        chosen.* replace (case
            when chosen.work in ('voice', 'expert') then 'expert-desk' else chosen.target_queue_id end as target_queue_id),
        sent_at + seconds(case transfer_kind when 'warm' then 5 else 5 + 40 * expo(u('second wait', contact_number)) end)
            as taken_at
    from chosen
)
select
    aimed.contact_number,
    aimed.sent_at,
    aimed.transfer_kind,
    aimed.target_queue_id,
    aimed.taken_at,
    candidates.agent_ids[1 + (hash(aimed.contact_number::bigint, 'taker', getvariable('seed')::bigint)
        % len(candidates.agent_ids))::integer] as taker_id,
    -- One blind transfer in eight finds nobody: the customer gives up in the second queue.
    aimed.transfer_kind = 'warm' or u('second abandon', contact_number) >= 0.125 as is_completed,
    round(120 + 260 * expo(u('second talk', contact_number)))::bigint as talk_seconds
from aimed
inner join queue on aimed.target_queue_id = queue.queue_id
inner join on_shift as candidates
    on candidates.work = case queue.work when 'none' then 'expert' else queue.work end
    and candidates.hour_at = date_trunc('hour', aimed.taken_at)
where taker_id != aimed.agent_id;

create table contact as
with handled as (
    select
        served.contact_number,
        case when served.is_unanswered then 'not_answered' else 'served' end as outcome,
        served.channel,
        served.direction,
        served.queue_id,
        served.topic,
        served.started_at,
        served.queued_at,
        served.wait_seconds,
        served.connected_at,
        served.agent_id,
        served.is_silent,
        served.connected_at + seconds(served.talk_seconds) as first_leg_ends_at,
        transfer.target_queue_id,
        transfer.transfer_kind,
        transfer.sent_at,
        transfer.taken_at,
        case when transfer.is_completed then transfer.taker_id end as taker_id,
        case
            when served.is_unanswered then served.connected_at + seconds(45)
            when transfer.is_completed then transfer.taken_at + seconds(transfer.talk_seconds)
            when transfer.contact_number is not null then transfer.taken_at + seconds(30)
            else served.connected_at + seconds(served.talk_seconds)
        end as ended_at
    from served
    left join transfer on served.contact_number = transfer.contact_number
),
beside as (
    -- One contact served stands for the arrivals around it; its shares say what else arrived.
    select
        served.*,
        unnest(list_filter([
            case when u('abandons', contact_number) < share_abandoned * (1 + 2.5 * decline) then 'abandoned' end,
            case when u('leaves', contact_number) < share_left then 'left' end,
            case when u('blocked', contact_number) < share_blocked then 'blocked' end,
            case when channel in ('web', 'app', 'wechat') and u('bot only', contact_number) < 0.04 then 'bot_only' end
        ], lambda kind : kind is not null)) as outcome
    from served
    where direction = 'inbound'
),
timed as (
    select
        *,
        row_number() over (order by contact_number, outcome) + (select max(contact_number) from served) as new_number
    from beside
),
unserved as (
    select
        new_number as contact_number,
        outcome,
        channel,
        direction,
        queue_id,
        topic,
        started_at + seconds(7 + 500 * u('arrival', new_number)) as started_at,
        case outcome
            when 'abandoned' then 1 + floor(mean_patience * expo(u('patience', new_number)))
            when 'left' then 60 + floor(120 * u('leaves at', new_number))
            else 0
        end::bigint as wait_seconds
    from timed
)
select
    contact_number, outcome, channel, direction, queue_id, topic, started_at, queued_at, wait_seconds, connected_at, agent_id,
    is_silent, first_leg_ends_at, target_queue_id, transfer_kind, sent_at, taken_at, taker_id, ended_at
from handled
union all by name
select *, started_at + seconds(2) as queued_at, false as is_silent,
    started_at + seconds(2 + wait_seconds + case outcome when 'bot_only' then 120 else 0 end) as ended_at
from unserved;
