with

connections as (

    select * from {{ ref('int_contact__connection') }}

),

transfers as (

    select * from {{ ref('int_contact__transfer') }}

),

headers as (

    select * from {{ ref('int_contact__header') }}

),

endings as (

    select * from {{ ref('int_contact__event') }}
    where event_type = 'ended'

),

consulted as (

    select distinct
        contact_key,
        target_leg_number
    from transfers
    where
        transfer_kind = 'consult'
        and target_leg_number is not null

),

takeovers as (

    select
        connections.contact_key,
        connections.leg_number,
        connections.connected_at
    from connections
    anti join consulted
        on
            connections.contact_key = consulted.contact_key
            and connections.leg_number = consulted.target_leg_number

),

-- A blind transfer lets go of the contact whatever becomes of it; a warm one only when the target took it.
let_go as (

    select
        contact_key,
        leg_number,
        min(struct_pack(ended_at := transferred_at, talk_seconds := talk_seconds)) as ending
    from transfers
    where
        is_completed
        or transfer_kind = 'blind'
    group by contact_key, leg_number

),

taken_over as (

    select
        connections.contact_key,
        connections.leg_number,
        min(takeovers.connected_at) as ended_at
    from connections
    inner join takeovers
        on
            connections.contact_key = takeovers.contact_key
            and connections.leg_number < takeovers.leg_number
    group by connections.contact_key, connections.leg_number

),

finished as (

    select
        connections.contact_key,
        connections.leg_number,
        min(struct_pack(ended_at := endings.occurred_at, talk_seconds := endings.talk_seconds)) as ending
    from connections
    inner join endings
        on
            connections.contact_key = endings.contact_key
            and connections.connected_at <= endings.occurred_at
            and (endings.agent_id is null or connections.agent_id is not distinct from endings.agent_id)
    group by connections.contact_key, connections.leg_number

),

candidates as (

    select
        connections.*,
        headers.contact_hash,
        let_go.ending.ended_at as let_go_at,
        let_go.ending.talk_seconds as let_go_talk_seconds,
        finished.ending.ended_at as finished_at,
        finished.ending.talk_seconds as finished_talk_seconds,
        taken_over.ended_at as taken_over_at,
        if(headers.last_ended_at >= connections.connected_at, headers.last_ended_at, null) as contact_ended_at,
        if(headers.header_ended_at >= connections.connected_at, headers.header_ended_at, null) as header_ended_at,
        if(headers.last_message_at >= connections.connected_at, headers.last_message_at, null) as last_message_at
    from connections
    inner join headers on connections.contact_key = headers.contact_key
    left join let_go
        on
            connections.contact_key = let_go.contact_key
            and connections.leg_number = let_go.leg_number
    left join finished
        on
            connections.contact_key = finished.contact_key
            and connections.leg_number = finished.leg_number
    left join taken_over
        on
            connections.contact_key = taken_over.contact_key
            and connections.leg_number = taken_over.leg_number

),

decided as (

    select
        *,
        coalesce(
            least(let_go_at, finished_at, taken_over_at), contact_ended_at, header_ended_at, last_message_at
        ) as ended_at
    from candidates

)

select
    contact_key,
    source_id,
    leg_number,
    event_number,
    agent_id,
    queue_id,
    connected_at,
    ended_at,
    case
        when ended_at is null then 'unknown'
        when ended_at = let_go_at then 'transferred'
        when ended_at = finished_at then 'ended'
        when ended_at = taken_over_at then 'taken_over'
        when ended_at in (contact_ended_at, header_ended_at) then 'contact_ended'
        else 'last_message'
    end as end_kind,
    case
        when ended_at = let_go_at then coalesce(let_go_talk_seconds, if(finished_at = let_go_at, finished_talk_seconds, null))
        when ended_at = finished_at then finished_talk_seconds
    end as stated_talk_seconds
from decided
