{{ config(materialized='view') }}

with

messages as (

    select * from {{ ref('int_message__placed') }}
    where side != 'system'

),

-- At the same instant the customer speaks first; messages that tie beyond that are alike in all that counts here.
changes as (

    select
        contact_hash,
        leg_number,
        sent_at,
        side,
        lag(sent_at) over talk as previous_sent_at
    from messages
    window talk as (partition by contact_hash order by sent_at asc, side desc, leg_number asc)
    qualify side is distinct from lag(side) over talk

),

paired as (

    select
        contact_hash,
        leg_number,
        side,
        sent_at as replied_at,
        previous_sent_at as last_asked_at,
        lag(sent_at) over talk as first_asked_at
    from changes
    window talk as (partition by contact_hash order by sent_at asc, side desc, leg_number asc)

)

select
    contact_hash,
    leg_number,
    first_asked_at,
    last_asked_at,
    replied_at
from paired
where
    side = 'agent'
    and first_asked_at is not null
