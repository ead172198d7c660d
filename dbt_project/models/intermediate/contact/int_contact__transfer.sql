with

transfers as (

    select * from {{ ref('int_contact__event') }}
    where event_type = 'transferred'

),

connections as (

    select * from {{ ref('int_contact__connection') }}

),

sources as (

    select * from {{ ref('int_contact__source') }}

),

entries as (

    select
        contact_key,
        max(occurred_at) as last_entered_at
    from {{ ref('int_contact__event') }}
    where event_type = 'queued'
    group by contact_key

),

-- The sender's latest leg; where nobody of that name was connected, the leg that was open.
sent as (

    select
        transfers.contact_key,
        transfers.source_id,
        transfers.event_order,
        transfers.event_key,
        transfers.occurred_at,
        coalesce(transfers.transfer_kind, 'blind') as transfer_kind,
        transfers.transfer_target_kind,
        transfers.transfer_target_id,
        transfers.talk_seconds,
        connections.leg_number,
        connections.connected_at
    from transfers
    inner join connections
        on
            transfers.contact_key = connections.contact_key
            and transfers.occurred_at >= connections.connected_at
    qualify
        row_number() over (
            partition by transfers.contact_key, transfers.event_order, transfers.event_key
            order by
                connections.agent_id is not distinct from transfers.agent_id desc,
                transfers.occurred_at > connections.connected_at desc,
                connections.leg_number desc
        ) = 1

),

-- The target is the next leg, or one that a consultation had already connected.
received as (

    select
        sent.contact_key,
        sent.event_order,
        sent.event_key,
        min(targets.leg_number) as target_leg_number
    from sent
    inner join connections as targets
        on
            sent.contact_key = targets.contact_key
            and sent.leg_number < targets.leg_number
            and (
                sent.occurred_at <= targets.connected_at
                or (sent.transfer_target_kind = 'agent' and sent.transfer_target_id = targets.agent_id)
            )
    where
        sent.transfer_kind != 'consult'
        or sent.transfer_target_id is null
        or targets.agent_id = sent.transfer_target_id
    group by sent.contact_key, sent.event_order, sent.event_key

)

-- Of several tries that reach the same leg, the last is the one that was completed. Where the source cannot show an
-- arrival a transfer counts as made, unless the contact came back into a queue, which shows what became of it there.
select
    sent.contact_key,
    sent.source_id,
    sent.event_order,
    sent.event_key,
    sent.leg_number,
    sent.occurred_at as transferred_at,
    sent.transfer_kind,
    sent.transfer_target_kind,
    sent.talk_seconds,
    received.target_leg_number,
    sent.transfer_kind != 'consult'
    and if(
        received.target_leg_number is not null,
        row_number() over (
            partition by sent.contact_key, received.target_leg_number, sent.transfer_kind = 'consult'
            order by sent.event_order desc, sent.event_key desc
        ) = 1,
        not sources.is_arrival_recorded and coalesce(entries.last_entered_at < sent.occurred_at, true)
    ) as is_completed,
    -- A blind transfer lets go of the contact whatever becomes of it; an announced one when the target took it, or
    -- where the source writes it when the sender is out.
    sent.transfer_kind = 'blind' or is_completed
    or (sent.transfer_kind = 'warm' and not sources.is_arrival_recorded) as is_let_go
from sent
inner join sources on sent.source_id = sources.source_id
left join entries on sent.contact_key = entries.contact_key
left join received
    on
        sent.contact_key = received.contact_key
        and sent.event_order = received.event_order
        and sent.event_key = received.event_key
