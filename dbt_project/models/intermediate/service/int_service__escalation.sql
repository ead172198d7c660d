{{ config(materialized='ephemeral') }}

-- One row per transfer to a supervisor, with whether he took it: a named one has to be the next who is connected;
-- where none is named, anybody who leads.
with

escalations as (

    select * from {{ ref('int_kept__escalation') }}

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

contacts as (

    select
        contact_key,
        source_id,
        channel,
        queue_id
    from {{ ref('int_kept__contact') }}

),

agent_dates as (

    {{ agent_dates_of('escalations') }}

),

leaders as (

    select
        agent_id,
        agent_date
    from {{ ref('int_staff__day') }}
    where role in ('leader', 'supervisor', 'duty_manager', 'director')

),

placed as (

    select
        escalations.*,
        contacts.source_id,
        contacts.channel,
        contacts.queue_id
    from escalations
    inner join contacts on escalations.contact_key = contacts.contact_key
    where not escalations.is_test

),

named as (

    select
        placed.*,
        coalesce(accounts.agent_id, placed.target_id) as named_id
    from placed
    asof left join accounts
        on
            placed.source_id = accounts.source_id
            and placed.target_id = accounts.account
            and placed.escalated_at >= accounts.mapped_from

),

dated as (

    select
        named.*,
        coalesce(senders.agent_date, named.contact_date) as sender_date,
        coalesce(takers.agent_date, named.contact_date) as taker_date
    from named
    left join agent_dates as senders
        on
            named.contact_key = senders.contact_key
            and named.sender_id = senders.agent_id
    left join agent_dates as takers
        on
            named.contact_key = takers.contact_key
            and named.taker_id = takers.agent_id

)

select
    dated.*,  -- noqa: AM04
    dated.taker_id is not null
    and if(dated.named_id is null, leaders.agent_id is not null, dated.taker_id = dated.named_id) as is_accepted
from dated
left join leaders
    on
        dated.taker_id = leaders.agent_id
        and dated.taker_date = leaders.agent_date
