with leg as (
    select
        contact_number, contact_id, direction, is_silent, mean_first_reply, mean_reply, share_second_reply, share_notice,
        started_at, connected_at as leg_started_at, coalesce(sent_at, first_leg_ends_at) as leg_ended_at, agent_id, 0 as leg_place
    from record
    where source_id = 'desk' and started_on = getvariable('day')::date and outcome = 'served' and channel != 'voice'
    union all
    select
        contact_number, contact_id, direction, is_silent, mean_first_reply, mean_reply, share_second_reply, share_notice,
        started_at, taken_at as leg_started_at, ended_at as leg_ended_at, taker_id as agent_id, 50 as leg_place
    from record
    where source_id = 'desk' and started_on = getvariable('day')::date and taker_id is not null and channel != 'voice'
),
paced as (
    select
        *,
        greatest(date_diff('second', leg_started_at, leg_ended_at), 4) as leg_seconds,
        greatest(1, least(40, floor(
            date_diff('second', leg_started_at, leg_ended_at) / getvariable('turn_seconds') + u('turns', contact_number)
        )))::integer as turn_count
    from leg
),
placed as (
    select
        paced.*,
        place.number as turn,
        leg_place + place.number as message_place,
        contact_number * 100 + leg_place + place.number as turn_key,
        leg_seconds / turn_count as step,
        leg_started_at + seconds(leg_seconds / turn_count * place.number) as turn_at
    from paced, range(turn_count) as place (number)
),
turn as (
    select
        *,
        least(
            greatest(2.0, case when turn = 0 then mean_first_reply else mean_reply end * (0.4 + 0.6 * expo(u('reply', turn_key)))),
            step * 0.7
        ) as reply_after
    from placed
    where not is_silent
),
message as (
    -- The customer's first words stand before the connection; in a callback the agent speaks first.
    select contact_number, contact_id, message_place * 10 + 1 as place,
        case when message_place = 0 and direction = 'inbound' then started_at + seconds(2) else turn_at end as sent_at,
        'customer' as sender, null as agent_id, true as is_manual, turn_key
    from turn
    union all
    select contact_number, contact_id, message_place * 10 + 2, turn_at + seconds(1), 'customer', null, true, turn_key
    from turn where u('adds', turn_key) < 0.3
    union all
    select contact_number, contact_id, message_place * 10 + 3, turn_at + seconds(reply_after), 'agent', agent_id, true, turn_key
    from turn
    union all
    select contact_number, contact_id, message_place * 10 + 4, turn_at + seconds(reply_after + least(8, step * 0.1)), 'agent',
        agent_id, true, turn_key
    from turn where u('second', turn_key) < share_second_reply * 0.7
    union all
    select contact_number, contact_id, message_place * 10 + 5, turn_at + seconds(step * 0.9), 'system', null, false, turn_key
    from turn where u('notice', turn_key) < share_notice * 0.3
    union all
    select contact_number, contact_id, 6, leg_started_at + seconds(1), 'system', null, false, contact_number
    from paced where leg_place = 0
    union all
    select contact_number, contact_id, 7, leg_started_at + seconds(2), 'agent', agent_id, false, contact_number
    from paced where leg_place = 0 and u('greeting', contact_number) < 0.08
    union all
    -- Nobody at the other end, or an agent who never writes: such contacts are not valid.
    select contact_number, contact_id, 8, leg_started_at + seconds(20), 'agent', agent_id, true, contact_number
    from paced where leg_place = 0 and is_silent and u('who is silent', contact_number) < 0.8
    union all
    select contact_number, contact_id, 9, leg_started_at + seconds(3), 'customer', null, true, contact_number
    from paced where leg_place = 0 and is_silent and u('who is silent', contact_number) >= 0.8
    union all
    select contact_number, contact_id, place, started_at + seconds(place * 9), sender, null, true, contact_number
    from record, (values (1, 'customer'), (2, 'bot'), (3, 'customer'), (4, 'bot')) as talk (place, sender)
    where source_id = 'desk' and started_on = getvariable('day')::date and outcome = 'bot_only'
    union all
    select contact_number, contact_id, 8, connected_at, 'agent', agent_id, true, contact_number
    from record
    where source_id = 'desk' and started_on = getvariable('day')::date and outcome = 'not_answered'
),
written as (
    select
        'M' || contact_number::varchar || '-' || place::varchar as message_id,
        contact_id,
        iso_utc(sent_at) as sent_at,
        sender,
        agent_id,
        is_manual::varchar as is_manual,
        (3 + floor(90 * u('length', turn_key * 10 + place % 10)))::bigint::varchar as length,
        u('dirty message', turn_key * 10 + place % 10) < getvariable('dirty_share') as has_dirty_twin,
        floor(5 * u('kind of dirt', turn_key))::integer as dirt
    from message
    where sent_at < getvariable('covered_until')::timestamptz
),
dirty as (
    select * replace (
        case when dirt = 4 then message_id else message_id || 'x' end as message_id,
        case when dirt = 0 then '2026-02-30T10:00:00Z' when dirt = 1 then chosen('spoilt on purpose', '=NOW()') else sent_at end as sent_at,
        case when dirt = 2 then chosen('spoilt on purpose', 'parrot') else sender end as sender,
        case when dirt = 3 then chosen('spoilt on purpose', '12.9') else length end as length
    )
    from written
    where has_dirty_twin
)
select * exclude (has_dirty_twin, dirt) from written
union all
select * exclude (has_dirty_twin, dirt) from dirty
order by sent_at, message_id
