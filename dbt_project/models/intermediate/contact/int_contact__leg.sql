with

routed as (

    select * from {{ ref('int_contact__leg_end') }}

),

stretches as (

    select * from {{ ref('int_contact__stretch') }}

),

headers as (

    select * from {{ ref('int_contact__header') }}

),

repliers as (

    select * from {{ ref('int_message__agent') }}

),

visits as (

    select * from {{ ref('int_queue__visit') }}

),

-- The visit that a leg belongs to: the one that its connection ended, else the last one in its queue, else the last one
-- before it, else the contact's first.
visited as (

    select
        routed.contact_key,
        routed.leg_number,
        coalesce(
            max(visits.visit_number) filter (where visits.exit_order = routed.event_order),
            max(visits.visit_number) filter (
                where visits.event_order <= routed.event_order and visits.queue_id = routed.queue_id
            ),
            max(visits.visit_number) filter (where visits.event_order <= routed.event_order),
            min(visits.visit_number)
        ) as visit_number
    from routed
    inner join visits on routed.contact_key = visits.contact_key
    group by routed.contact_key, routed.leg_number

),

routed_legs as (

    select
        routed.contact_key,
        routed.leg_number,
        routed.agent_id,
        routed.connected_at,
        routed.ended_at,
        routed.end_kind,
        routed.stated_talk_seconds,
        true as is_connection_recorded,
        visited.visit_number,
        coalesce(visits.queue_id, routed.queue_id) as queue_id
    from routed
    left join visited
        on
            routed.contact_key = visited.contact_key
            and routed.leg_number = visited.leg_number
    left join visits
        on
            visited.contact_key = visits.contact_key
            and visited.visit_number = visits.visit_number

),

numbered_repliers as (

    select
        repliers.*,
        cast(row_number() over in_contact as integer) as leg_number,
        lead(repliers.first_message_at) over in_contact as next_first_message_at
    from repliers
    window in_contact as (partition by repliers.contact_key order by repliers.first_message_at, repliers.agent_id)

),

-- Without routing events the first agent has the contact from its start, each other from his first message on.
written_legs as (

    select
        repliers.contact_key,
        repliers.leg_number,
        repliers.agent_id,
        if(repliers.leg_number = 1, headers.started_at, repliers.first_message_at) as connected_at,
        case
            when repliers.next_first_message_at is not null then repliers.next_first_message_at
            when headers.header_ended_at >= repliers.first_message_at then headers.header_ended_at
            else headers.last_message_at
        end as ended_at,
        case
            when repliers.next_first_message_at is not null then 'taken_over'
            when headers.header_ended_at >= repliers.first_message_at then 'contact_ended'
            else 'last_message'
        end as end_kind,
        null as stated_talk_seconds,
        false as is_connection_recorded,
        null as visit_number,
        headers.queue_id
    from numbered_repliers as repliers
    inner join headers on repliers.contact_key = headers.contact_key

),

legs as (

    select * from routed_legs
    union all by name
    select * from written_legs

),

stretched as (

    select
        contact_key,
        leg_number,
        sum(epoch_ms(ended_at) - epoch_ms(started_at)) filter (where stretch_kind = 'hold') as hold_ms,
        sum(epoch_ms(ended_at) - epoch_ms(started_at)) filter (where stretch_kind = 'wrap_up') as wrap_up_ms
    from stretches
    group by contact_key, leg_number

),

timed as (

    select
        legs.*,
        headers.source_id,
        headers.contact_number,
        headers.is_test,
        coalesce(legs.queue_id, headers.queue_id) as leg_queue_id,
        if(legs.end_kind = 'lost', null, epoch_ms(legs.ended_at) - epoch_ms(legs.connected_at)) as stamped_ms,
        cast(1000 * legs.stated_talk_seconds as bigint) as stated_talk_ms,
        if(
            headers.direction = 'callback' and legs.leg_number = 1 and legs.end_kind != 'lost',
            greatest(epoch_ms(legs.ended_at) - epoch_ms(headers.started_at), 0),
            null
        ) as callback_ms,
        cast(coalesce(stretched.hold_ms, 0) as bigint) as hold_ms,
        cast(if(headers.is_wrap_up_recorded, stretched.wrap_up_ms, null) as bigint) as wrap_up_ms
    from legs
    inner join headers on legs.contact_key = headers.contact_key
    left join stretched
        on
            legs.contact_key = stretched.contact_key
            and legs.leg_number = stretched.leg_number

)

select
    contact_key || '#' || leg_number as leg_key,
    contact_key,
    contact_number,
    leg_number,
    source_id,
    is_test,
    agent_id,
    leg_queue_id as queue_id,
    visit_number,
    connected_at,
    ended_at,
    end_kind,
    is_connection_recorded,
    coalesce(callback_ms, stated_talk_ms + hold_ms, stamped_ms) as duration_ms,
    callback_ms is null and stated_talk_ms is not null as is_duration_stated,
    coalesce(stated_talk_ms, greatest(stamped_ms - hold_ms, 0), 0) as talk_ms,
    hold_ms,
    wrap_up_ms,
    cast(0.001 * coalesce(stated_talk_ms, greatest(stamped_ms - hold_ms, 0), 0) as decimal(18, 3)) as talk_seconds,
    cast(0.001 * hold_ms as decimal(18, 3)) as hold_seconds,
    cast(0.001 * coalesce(wrap_up_ms, 0) as decimal(18, 3)) as wrap_up_seconds
from timed
