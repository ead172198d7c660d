{{ config(materialized='view') }}

with

-- Instant and side make one number, since numbers sort twice as fast: at the same instant the customer speaks first.
messages as (

    select
        contact_number,
        leg_number,
        2 * epoch_us(sent_at) + if(is_from_agent, 1, 0) as moment
    from {{ ref('int_message__placed') }}
    where
        is_from_customer
        or is_from_agent

),

-- Messages that tie beyond side and leg are alike in all that counts here.
changes as (

    select
        contact_number,
        leg_number,
        moment,
        lag(moment) over talk as previous_moment
    from messages
    window talk as (partition by contact_number order by moment, leg_number)
    qualify moment % 2 is distinct from lag(moment) over talk % 2

),

paired as (

    select
        contact_number,
        leg_number,
        moment,
        previous_moment,
        lag(moment) over talk as first_moment
    from changes
    window talk as (partition by contact_number order by moment, leg_number)

)

select
    contact_number,
    leg_number,
    make_timestamptz(first_moment // 2) as first_asked_at,
    make_timestamptz(previous_moment // 2) as last_asked_at,
    make_timestamptz(moment // 2) as replied_at
from paired
where
    moment % 2 = 1
    and first_moment is not null
