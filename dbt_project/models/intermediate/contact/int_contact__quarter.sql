-- Local dates by quarter of an hour. Reading a wall clock costs microseconds, so it is read once per quarter in use
-- and not once per row; since 1990 every zone changes its date, and its clocks, at a whole quarter.
with

headers as (

    select * from {{ ref('stg_contacts') }}

),

seen as (

    select * from {{ ref('int_contact__seen') }}

),

events as (

    select * from {{ ref('int_contact__event') }}
    where event_type in ('offered', 'declined', 'connected')

),

messages as (

    select * from {{ ref('int_message__contact') }}

),

repliers as (

    select * from {{ ref('int_message__agent') }}

),

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

quarters as (

    select epoch_us(started_at) // 900000000 as quarter_number
    from headers
    union
    select epoch_us(first_event_at) // 900000000 as quarter_number
    from seen
    union
    select epoch_us(occurred_at) // 900000000 as quarter_number
    from events
    union
    select epoch_us(first_message_at) // 900000000 as quarter_number
    from messages
    union
    select epoch_us(first_message_at) // 900000000 as quarter_number
    from repliers

),

clocked as (

    select
        quarters.quarter_number,
        make_timestamptz(quarters.quarter_number * 900000000) as started_at,
        timezone(settings.time_zone, make_timestamptz(quarters.quarter_number * 900000000)) as local_started_at
    from quarters
    cross join settings

)

select
    quarter_number,
    cast(local_started_at as date) as local_date,
    started_at - to_microseconds(epoch_us(local_started_at) % 1800000000) as half_hour_started_at
from clocked
