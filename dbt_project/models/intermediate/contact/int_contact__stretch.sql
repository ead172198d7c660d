with

events as (

    select * from {{ ref('int_contact__event') }}
    where event_type in ('held', 'resumed', 'wrap_up_started', 'wrap_up_ended')

),

legs as (

    select * from {{ ref('int_contact__leg_end') }}

),

kinds as (

    select
        *,
        if(event_type in ('held', 'resumed'), 'hold', 'wrap_up') as stretch_kind
    from events

),

-- A stretch runs from its opening event to the next one of its kind, the same agent and the same contact.
stretches as (

    select
        contact_key,
        agent_id,
        stretch_kind,
        event_type,
        occurred_at as started_at,
        lead(occurred_at) over in_kind as ended_at
    from kinds
    window in_kind as (partition by contact_key, agent_id, stretch_kind order by event_order, event_key)
    qualify event_type in ('held', 'wrap_up_started')

),

matched as (

    select
        legs.contact_key,
        legs.leg_number,
        stretches.stretch_kind,
        stretches.started_at,
        if(
            stretches.stretch_kind = 'hold',
            greatest(least(stretches.ended_at, legs.ended_at), stretches.started_at),
            stretches.ended_at
        ) as ended_at
    from stretches
    inner join legs
        on
            stretches.contact_key = legs.contact_key
            and stretches.started_at >= legs.connected_at
            and (stretches.agent_id is null or legs.agent_id is not distinct from stretches.agent_id)
    qualify
        row_number() over (
            partition by stretches.contact_key, stretches.agent_id, stretches.stretch_kind, stretches.started_at
            order by legs.leg_number desc
        ) = 1

)

select
    contact_key,
    leg_number,
    stretch_kind,
    started_at,
    ended_at
from matched
