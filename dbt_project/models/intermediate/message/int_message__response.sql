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

hours as (

    select * from {{ ref('int_opening__hour') }}

),

bounds as (

    select * from {{ ref('int_opening__bounds') }}

),

clipped as (

    select
        turns.contact_number,
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
            turns.contact_number = legs.contact_number
            and turns.leg_number = legs.leg_number
    inner join contacts on turns.contact_number = contacts.contact_number

),

measured as (

    select
        contact_number,
        leg_number,
        channel,
        agent_asked_at,
        replied_at,
        epoch_ms(replied_at) - epoch_ms(agent_asked_at) as response_ms,
        epoch_ms(replied_at) - epoch_ms(first_asked_at) as customer_response_ms,
        epoch_ms(replied_at) - epoch_ms(agent_last_asked_at) as response_from_last_ms
    from clipped

),

-- Channels without opening hours are always open.
opened as (

    select
        measured.*,
        coalesce(
            {{ open_ms('measured', 'agent_asked_at', 'replied_at') }},
            measured.response_ms
        ) as business_ms
    from measured
    {{ join_openings('measured', 'agent_asked_at', 'replied_at') }}

)

select
    contact_number,
    leg_number,
    cast(0.001 * response_ms as decimal(18, 3)) as response_seconds,
    cast(0.001 * business_ms as decimal(18, 3)) as response_business_seconds,
    cast(0.001 * customer_response_ms as decimal(18, 3)) as customer_response_seconds,
    cast(0.001 * response_from_last_ms as decimal(18, 3)) as response_from_last_seconds
from opened
