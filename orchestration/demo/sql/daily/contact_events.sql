with chosen as (
    select
        *,
        'E' || contact_number::varchar || '-' as stem,
        -- Some of what goes to the expert desk goes to whoever is on duty there.
        target_queue_id = 'expert-desk' and u('on duty', contact_number) < 0.6 as is_to_supervisor
    from record
    where source_id = 'desk' and started_on = getvariable('day')::date and outcome != 'bot_only'
),
event as (
    select
        stem || '01' as event_id, contact_id, queued_at as occurred_at, 'queued' as event_type, null as agent_id, queue_id,
        channel, direction, null as transfer_kind, null as transfer_target_kind, null as transfer_target_id, null as context_passed, null as reason,
        null::bigint as wait_seconds, contact_number
    from chosen where direction = 'inbound' and outcome != 'blocked'
    union all by name
    select stem || '02' as event_id, contact_id, queued_at + seconds(4) as occurred_at, 'offered' as event_type,
        declining_agent_id as agent_id, queue_id, contact_number
    from chosen where declining_agent_id is not null
    union all by name
    select stem || '03' as event_id, contact_id, queued_at + seconds(16) as occurred_at, 'declined' as event_type,
        declining_agent_id as agent_id, queue_id, contact_number
    from chosen where declining_agent_id is not null
    union all by name
    select stem || '04' as event_id, contact_id, connected_at - seconds(least(3, wait_seconds)) as occurred_at,
        'offered' as event_type, agent_id, queue_id, contact_number
    from chosen where outcome = 'served'
    union all by name
    select stem || '05' as event_id, contact_id, connected_at as occurred_at, 'connected' as event_type, agent_id, queue_id,
        channel, direction, wait_seconds, contact_number
    from chosen where outcome = 'served'
    union all by name
    select stem || '06' as event_id, contact_id, connected_at + seconds(100) as occurred_at, 'held' as event_type, agent_id,
        contact_number
    from chosen where hold_seconds is not null
    union all by name
    select stem || '07' as event_id, contact_id, connected_at + seconds(100 + hold_seconds) as occurred_at,
        'resumed' as event_type, agent_id, contact_number
    from chosen where hold_seconds is not null
    union all by name
    select stem || '08' as event_id, contact_id, sent_at as occurred_at, 'transferred' as event_type, agent_id, queue_id,
        transfer_kind, if(is_to_supervisor, 'supervisor', 'queue') as transfer_target_kind,
        if(is_to_supervisor, taker_id, target_queue_id) as transfer_target_id,
        if(is_to_supervisor, u('context passed', contact_number) < 0.8, null)::varchar as context_passed, contact_number
    from chosen where sent_at is not null
    union all by name
    select stem || '09' as event_id, contact_id, sent_at + seconds(1) as occurred_at, 'queued' as event_type,
        target_queue_id as queue_id, contact_number
    from chosen where sent_at is not null
    union all by name
    select stem || '10' as event_id, contact_id, taken_at as occurred_at, 'connected' as event_type, taker_id as agent_id,
        target_queue_id as queue_id, contact_number
    from chosen where taker_id is not null
    union all by name
    select stem || '11' as event_id, contact_id, ended_at as occurred_at, 'abandoned' as event_type,
        target_queue_id as queue_id, contact_number
    from chosen where sent_at is not null and taker_id is null
    union all by name
    select stem || '12' as event_id, contact_id, coalesce(first_leg_ends_at, ended_at) as occurred_at,
        'wrap_up_started' as event_type, agent_id, contact_number
    from chosen where outcome = 'served' and channel != 'weibo' and wrap_up_seconds > 0
    union all by name
    select stem || '13' as event_id, contact_id,
        coalesce(first_leg_ends_at, ended_at) + seconds(wrap_up_seconds) as occurred_at,
        'wrap_up_ended' as event_type, agent_id, contact_number
    from chosen where outcome = 'served' and channel != 'weibo' and wrap_up_seconds > 0
    union all by name
    select stem || '14' as event_id, contact_id, ended_at as occurred_at, 'abandoned' as event_type, queue_id, wait_seconds,
        contact_number
    from chosen where outcome = 'abandoned'
    union all by name
    select stem || '15' as event_id, contact_id, ended_at as occurred_at, 'left_queue' as event_type, queue_id, wait_seconds,
        (['timeout', 'key', 'overflow', 'voicemail'])[1 + floor(4 * u('way out', contact_number))::integer] as reason,
        contact_number
    from chosen where outcome = 'left'
    union all by name
    select stem || '16' as event_id, contact_id, queued_at as occurred_at, 'refused' as event_type, queue_id, channel, direction,
        (['full', 'closed_hours', 'join_empty'])[1 + floor(3 * u('refused', contact_number))::integer] as reason,
        contact_number
    from chosen where outcome = 'blocked'
    union all by name
    select stem || '99' as event_id, contact_id, ended_at as occurred_at, 'ended' as event_type, contact_number
    from chosen
),
written as (
    select
        event_id, contact_id, iso_utc(occurred_at) as occurred_at, event_type, agent_id, queue_id, channel, direction,
        transfer_kind, transfer_target_kind, transfer_target_id, context_passed, reason, wait_seconds::varchar as wait_seconds,
        u('dirty event', contact_number) < getvariable('dirty_share') as has_dirty_twin,
        floor(4 * u('kind of dirt', contact_number))::integer as dirt
    from event
    where occurred_at < getvariable('covered_until')::timestamptz
),
dirty as (
    select * replace (
        case when dirt = 3 then event_id else event_id || 'x' end as event_id,
        case when dirt = 0 then null else contact_id end as contact_id,
        case when dirt = 1 then '0001-01-01T00:00:00Z' else occurred_at end as occurred_at,
        case when dirt = 2 then chosen('spoilt on purpose', 'teleported') else event_type end as event_type
    )
    from written
    where has_dirty_twin
)
select * exclude (has_dirty_twin, dirt) from written
union all
select * exclude (has_dirty_twin, dirt) from dirty
order by occurred_at, event_id
