-- One wide row per contact, as the systems of the centre know it; the exports below only choose and format.
create table record as
with next_call as (
    select
        contact_number,
        lead(connected_at) over (partition by agent_id order by connected_at, contact_number) as next_connected_at
    from contact
    where channel = 'voice' and outcome = 'served'
),
known as (
    select
        contact.*,
        case when contact.channel = 'voice' and getvariable('has_exchange') then 'pbx' else 'desk' end as source_id,
        case
            when contact.channel = 'voice' and getvariable('has_exchange')
                then epoch(contact.queued_at)::bigint::varchar || '.' || contact.contact_number::varchar
            else 'C' || lpad(contact.contact_number::varchar, 8, '0')
        end as contact_id,
        identity.customer_number::varchar as customer_id,
        identity.is_test,
        topic_then(identity.topic, contact.started_at, contact.contact_number) as asked_topic,
        identity.reopened_number,
        backlog.agent_id is not null as is_in_backlog,
        trait.mean_first_reply * case when is_in_backlog then 2.1 else 1 end as mean_first_reply,
        trait.mean_reply * case when is_in_backlog then 1.6 else 1 end as mean_reply,
        trait.share_second_reply,
        trait.share_notice,
        round(trait.mean_wrap_up * (0.4 + 0.6 * expo(u('wrap', contact.contact_number)))) as wrap_up_drawn,
        next_call.next_connected_at,
        candidates.agent_ids,
        u('declined', contact.contact_number) < trait.share_declined * 2 as may_be_declined
    from contact
    inner join identity on contact.contact_number = identity.contact_number
    left join trait on contact.agent_id = trait.agent_id
    left join backlog
        on contact.agent_id = backlog.agent_id and local_date(contact.started_at) between backlog.late_from and backlog.late_to
    left join next_call on contact.contact_number = next_call.contact_number
    left join queue on contact.queue_id = queue.queue_id
    left join on_shift as candidates
        on queue.work = candidates.work and date_trunc('hour', contact.queued_at) = candidates.hour_at
)
select
    contact_number,
    source_id,
    contact_id,
    outcome,
    channel,
    direction,
    queue_id,
    asked_topic as topic,
    customer_id,
    is_test,
    case when reopened_number is not null and source_id = 'desk' then 'C' || lpad(reopened_number::varchar, 8, '0') end
        as reopened_from,
    started_at,
    queued_at,
    wait_seconds,
    connected_at,
    agent_id,
    is_silent,
    first_leg_ends_at,
    target_queue_id,
    transfer_kind,
    sent_at,
    taken_at,
    taker_id,
    ended_at,
    local_date(started_at) as started_on,
    -- At the telephone the wrap-up ends before the next call; least() leaves out a NULL.
    least(
        wrap_up_drawn,
        case when date_diff('second', first_leg_ends_at, next_connected_at) < 3 then 0
            else date_diff('second', first_leg_ends_at, next_connected_at) - 3 end
    )::bigint as wrap_up_seconds,
    case when outcome in ('served', 'abandoned') and direction = 'inbound' and (may_be_declined or outcome = 'abandoned')
            and wait_seconds >= 20
        then agent_ids[1 + (hash(contact_number::bigint, 'offer', getvariable('seed')::bigint) % len(agent_ids))::integer]
    end as declining_agent_id,
    case when outcome = 'served' and u('hold', contact_number) < 0.06
            and date_diff('second', connected_at, first_leg_ends_at) > 240
        then 30 + floor(90 * u('held for', contact_number))
    end::bigint as hold_seconds,
    is_in_backlog,
    mean_first_reply,
    mean_reply,
    share_second_reply,
    share_notice
from known;

-- What stands after the last day shown is not in any file yet.
delete from record where started_on > getvariable('last_on')::date or started_on < getvariable('first_on')::date;

-- The benchmark wants a stated number of contacts: a random rest is cut off.
delete from record
where getvariable('contact_limit') is not null
    and contact_number in (
        select contact_number
        from record
        order by u('kept', contact_number), contact_number
        offset coalesce(getvariable('contact_limit')::bigint, 0)
    );
