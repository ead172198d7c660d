-- What belongs to legs adds up to the contact, and every message of a contact with legs stands in exactly one of them.
with

contacts as (

    select * from {{ ref('fct_contact') }}
    where {{ on_remade_dates() }}

),

legs as (

    select
        contact_key,
        count(*) as leg_count,
        sum(handle_seconds) as handle_seconds,
        sum(first_response_seconds) as first_response_seconds,
        sum(response_turns) as response_turns,
        sum(response_seconds) as response_seconds,
        sum(customer_messages) as customer_messages,
        sum(agent_messages) as agent_messages,
        sum(system_messages) as system_messages,
        sum(fcr_cases) as fcr_cases
    from {{ ref('fct_contact_leg') }}
    where {{ on_remade_dates() }}
    group by contact_key

)

select contacts.contact_key
from contacts
left join legs on contacts.contact_key = legs.contact_key
where
    contacts.leg_count != coalesce(legs.leg_count, 0)
    or contacts.handle_seconds != coalesce(legs.handle_seconds, 0)
    or contacts.first_response_seconds != coalesce(legs.first_response_seconds, 0)
    or contacts.response_turns != coalesce(legs.response_turns, 0)
    or contacts.response_seconds != coalesce(legs.response_seconds, 0)
    or contacts.fcr_cases != coalesce(legs.fcr_cases, 0)
    or (
        legs.leg_count > 0
        and (
            contacts.customer_messages != legs.customer_messages
            or contacts.agent_messages != legs.agent_messages
            or contacts.system_messages != legs.system_messages
        )
    )
