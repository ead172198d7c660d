{{ config(materialized='ephemeral') }}

-- One row per callback on WeChat or the web, with the customer's last message on WeChat before it.
with

-- A contact with its last human handler, in the team of the day on which that leg connected.
contacts as (

    select
        contacts.*,
        coalesce(legs.agent_date, contacts.contact_date) as owner_date
    from {{ ref('int_kept__contact') }} as contacts
    left join {{ ref('int_kept__leg') }} as legs on contacts.owner_leg_key = legs.leg_key

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

)

select
    contacts.*,  -- noqa: AM04
    written.last_customer_at as written_at
from contacts
asof left join written
    on
        contacts.customer_id = written.customer_id
        and contacts.started_at > written.last_customer_at
where
    contacts.direction = 'callback'
    and contacts.channel in ('wechat', 'web')
    and not contacts.is_test
