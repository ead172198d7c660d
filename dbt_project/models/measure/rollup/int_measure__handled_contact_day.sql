-- Kept by the date of the contact: what a contact was to whoever handled it changes with the contact only.
with

legs as (

    select
        contact_key,
        agent_id,
        channel,
        queue_id,
        contact_date
    from {{ ref('fct_contact_leg') }}
    where
        {{ on_remade_dates() }}
        and agent_id is not null
        and contacts_handled > 0
    qualify row_number() over (partition by contact_key, agent_id order by leg_number) = 1

),

contacts as (

    select
        contact_key,
        is_valid
    from {{ ref('fct_contact') }}
    where {{ on_remade_dates() }}

)

select
    legs.contact_date,
    legs.agent_id,
    legs.channel,
    legs.queue_id,
    count(*) as contacts_handled,
    count(*) filter (where contacts.is_valid is false) as contacts_invalid,
    count(*) filter (where contacts.is_valid is null) as contacts_validity_unknown
from legs
inner join contacts on legs.contact_key = contacts.contact_key
group by legs.contact_date, legs.agent_id, legs.channel, legs.queue_id
