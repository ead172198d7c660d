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

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

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

let_go as (

    select
        contact_key,
        leg_number,
        min(struct_pack(ended_at := transferred_at, talk_seconds := talk_seconds)) as ending
    from transfers
    where is_let_go
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

-- What ends in the second of a connection ended the agent's leg before, if he had one.
finished as (

    select
        connections.contact_key,
        connections.leg_number,
        min(struct_pack(ended_at := endings.occurred_at, talk_seconds := endings.talk_seconds)) as ending
    from connections
    inner join endings
        on
            connections.contact_key = endings.contact_key
            and (
                connections.connected_at < endings.occurred_at
                or (connections.connected_at = endings.occurred_at and not connections.is_again)
            )
            and (endings.agent_id is null or connections.agent_id is not distinct from endings.agent_id)
    group by connections.contact_key, connections.leg_number

),

later_legs as (

    select contact_key from connections
    where leg_number = 2

),

-- Talk counts on whatever event it stands: with the latest leg, of the agent if the event names one, that had begun by
-- then, else with the first. A transfer that did not let go told only what had been talked until then. The end of a
-- contact with one leg is that leg's and found above.
talk_events as (

    select * from {{ ref('int_contact__event') }}
    where
        talk_seconds is not null
        and event_type != 'transferred'
        and (
            event_type != 'ended'
            or contact_key in (select later_legs.contact_key from later_legs)
        )

),

placed_talk as (

    select
        connections.contact_key,
        connections.leg_number,
        talk_events.talk_seconds
    from talk_events
    inner join connections
        on
            talk_events.contact_key = connections.contact_key
            and (talk_events.agent_id is null or talk_events.agent_id is not distinct from connections.agent_id)
    qualify
        row_number() over (
            partition by talk_events.contact_key, talk_events.event_order, talk_events.event_key
            order by
                connections.connected_at <= talk_events.occurred_at desc,
                if(connections.connected_at <= talk_events.occurred_at, -1, 1) * connections.leg_number
        ) = 1

),

talked as (

    select
        contact_key,
        leg_number,
        max(talk_seconds) as talk_seconds
    from placed_talk
    group by contact_key, leg_number

),

candidates as (

    select
        connections.*,
        headers.contact_number,
        let_go.ending.ended_at as let_go_at,
        let_go.ending.talk_seconds as let_go_talk_seconds,
        finished.ending.ended_at as finished_at,
        finished.ending.talk_seconds as finished_talk_seconds,
        taken_over.ended_at as taken_over_at,
        talked.talk_seconds as talked_seconds,
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
    left join talked
        on
            connections.contact_key = talked.contact_key
            and connections.leg_number = talked.leg_number

),

decided as (

    select
        *,
        coalesce(
            least(let_go_at, finished_at, taken_over_at),
            contact_ended_at,
            header_ended_at,
            last_message_at,
            connected_at + to_milliseconds(cast(1000 * talked_seconds as bigint))
        ) as ended_at
    from candidates

)

-- A leg without any end is open for as long as a state may be; after that its end is lost and it counts no time.
select
    decided.contact_key,
    decided.source_id,
    decided.leg_number,
    decided.event_order,
    decided.agent_id,
    decided.queue_id,
    decided.connected_at,
    coalesce(
        decided.ended_at,
        if(
            decided.connected_at + to_hours(settings.open_state_hours) < as_of.as_of,
            decided.connected_at,
            null
        )
    ) as ended_at,
    case
        when decided.ended_at is null and decided.connected_at + to_hours(settings.open_state_hours) < as_of.as_of
            then 'lost'
        when decided.ended_at is null then 'open'
        when decided.ended_at = decided.let_go_at then 'transferred'
        when decided.ended_at = decided.finished_at then 'ended'
        when decided.ended_at = decided.taken_over_at then 'taken_over'
        when decided.ended_at in (decided.contact_ended_at, decided.header_ended_at) then 'contact_ended'
        when decided.last_message_at is not null then 'last_message'
        else 'talk_stated'
    end as end_kind,
    coalesce(
        case
            when decided.ended_at = decided.let_go_at
                then coalesce(
                    decided.let_go_talk_seconds,
                    if(decided.finished_at = decided.let_go_at, decided.finished_talk_seconds, null)
                )
            when decided.ended_at = decided.finished_at then decided.finished_talk_seconds
        end,
        decided.talked_seconds
    ) as stated_talk_seconds
from decided
cross join settings
cross join as_of
