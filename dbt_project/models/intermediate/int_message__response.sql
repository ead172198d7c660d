with

turns as (

    select * from {{ ref('int_message__turn') }}

),

legs as (

    select * from {{ ref('int_contact__leg') }}
    where not is_test

),

contacts as (

    select * from {{ ref('int_contact__base') }}
    where is_message_recorded

),

openings as (

    select * from {{ ref('int_opening__interval') }}

),

clipped as (

    select
        turns.contact_hash,
        turns.leg_number,
        contacts.channel,
        turns.first_asked_at,
        turns.replied_at,
        if(
            legs.is_connection_recorded,
            greatest(turns.first_asked_at, least(legs.connected_at, turns.replied_at)),
            turns.first_asked_at
        ) as agent_asked_at,
        if(
            legs.is_connection_recorded,
            greatest(turns.last_asked_at, least(legs.connected_at, turns.replied_at)),
            turns.last_asked_at
        ) as agent_last_asked_at
    from turns
    inner join legs
        on
            turns.contact_hash = legs.contact_hash
            and turns.leg_number = legs.leg_number
    inner join contacts on turns.contact_hash = contacts.contact_hash

),

measured as (

    select
        contact_hash,
        leg_number,
        channel,
        agent_asked_at,
        replied_at,
        epoch_ms(replied_at) - epoch_ms(agent_asked_at) as response_ms,
        epoch_ms(replied_at) - epoch_ms(first_asked_at) as customer_response_ms,
        epoch_ms(replied_at) - epoch_ms(agent_last_asked_at) as response_from_last_ms
    from clipped

),

-- Channels without opening hours are always open: they are spared the look-ups, which cost more than all else here.
always_open as (

    select
        measured.*,
        measured.response_ms as business_ms
    from measured
    anti join openings on measured.channel = openings.channel

),

by_schedule as (

    select
        measured.*,
        cast(1000 * replied.seconds_before as bigint)
        + least(epoch_ms(measured.replied_at), epoch_ms(replied.closes_at)) - epoch_ms(replied.opens_at)
        - cast(1000 * asked.seconds_before as bigint)
        - least(epoch_ms(measured.agent_asked_at), epoch_ms(asked.closes_at)) + epoch_ms(asked.opens_at) as business_ms
    from measured
    semi join openings on measured.channel = openings.channel
    asof left join openings as asked
        on
            measured.channel = asked.channel
            and measured.agent_asked_at >= asked.opens_at
    asof left join openings as replied
        on
            measured.channel = replied.channel
            and measured.replied_at >= replied.opens_at

),

together as (

    select * from always_open
    union all
    select * from by_schedule

)

select
    contact_hash,
    leg_number,
    cast(0.001 * response_ms as decimal(18, 3)) as response_seconds,
    cast(0.001 * business_ms as decimal(18, 3)) as response_business_seconds,
    cast(0.001 * customer_response_ms as decimal(18, 3)) as customer_response_seconds,
    cast(0.001 * response_from_last_ms as decimal(18, 3)) as response_from_last_seconds
from together
