-- A contact that any queue is known for has all its work and all its messages in its visits.
with

contacts as (

    select * from {{ ref('fct_contact') }}
    where {{ on_remade_dates() }}

),

visits as (

    select
        contact_key,
        sum(handled_legs) as handled_legs,
        sum(response_seconds) as response_seconds,
        sum(customer_messages + agent_messages + system_messages) as messages
    from {{ ref('fct_queue_visit') }}
    where {{ on_remade_dates() }}
    group by contact_key

)

select contacts.contact_key
from contacts
left join visits on contacts.contact_key = visits.contact_key
where
    contacts.queue_id is not null
    and (
        contacts.handled_legs is distinct from visits.handled_legs
        or contacts.response_seconds is distinct from visits.response_seconds
        or contacts.customer_messages + contacts.agent_messages + contacts.system_messages
        is distinct from visits.messages
    )
