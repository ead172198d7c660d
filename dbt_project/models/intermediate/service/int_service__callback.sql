{{ config(materialized='ephemeral') }}

-- One row per callback on WeChat or the web, with the customer's last message on WeChat before it.
with

contacts as (

    select * from {{ ref('int_kept__contact') }}

),

legs as (

    select
        leg_key,
        agent_date
    from {{ ref('int_kept__leg') }}

),

written as (

    select
        customer_id,
        last_customer_at
    from contacts
    where
        channel = 'wechat'
        and is_identified
        and not is_test
        and last_customer_at is not null

),

called_back as (

    select * from contacts
    where
        direction = 'callback'
        and channel in ('wechat', 'web')
        and not is_test

)

-- With the last human handler, in the team of the day on which that leg connected.
select
    contacts.*,  -- noqa: AM04
    coalesce(legs.agent_date, contacts.contact_date) as owner_date,
    written.last_customer_at as written_at
from called_back as contacts
left join legs on contacts.owner_leg_key = legs.leg_key
asof left join written
    on
        contacts.customer_id = written.customer_id
        and contacts.started_at > written.last_customer_at
