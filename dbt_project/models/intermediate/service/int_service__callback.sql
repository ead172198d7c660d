{{ config(materialized='ephemeral') }}

-- One row per callback on WeChat or the web, with the customer's last message on WeChat before it.
with

called_back as (

    select * from {{ ref('int_kept__contact') }}
    where
        direction = 'callback'
        and channel in ('wechat', 'web')
        and not is_test

),

-- On the web nobody wrote, and few customers are called back on WeChat: their last messages alone are put in order.
writers as (

    select customer_id from called_back
    where
        channel = 'wechat'
        and is_identified

),

-- Nearly every leg connects on its contact's own date: the others alone have to be looked for.
legs as (

    select
        leg_key,
        agent_date
    from {{ ref('int_kept__leg') }}
    where agent_date != contact_date

),

written as (

    select
        contacts.customer_id,
        contacts.last_customer_at
    from {{ ref('int_kept__contact') }} as contacts
    semi join writers on contacts.customer_id = writers.customer_id
    where
        contacts.channel = 'wechat'
        and contacts.is_identified
        and not contacts.is_test
        and contacts.last_customer_at is not null

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
