-- One row per date of contacts, agent who handled them last, his day, and topic: how many there were. Kept by the date
-- of the contacts.
with

contacts as (

    select
        contact_key,
        contact_date,
        is_identified,
        topic,
        owner_agent_id,
        owner_leg_key
    from {{ ref('int_kept__contact') }}
    where
        not is_test
        and is_handled
        and owner_agent_id is not null
        and {{ on_dates_after() }}

),

-- Nearly every leg connects on its contact's own date: the others alone have to be looked for.
legs as (

    select
        leg_key,
        agent_date
    from {{ ref('int_kept__leg') }}
    where
        agent_date != contact_date
        and {{ on_dates_after() }}

),

came_back as (

    select contact_key
    from {{ ref('int_customer__in_touch') }}
    where
        is_returning
        and {{ on_dates_after() }}

)

select
    contacts.contact_date,
    contacts.owner_agent_id as agent_id,
    coalesce(legs.agent_date, contacts.contact_date) as agent_date,
    contacts.topic,
    count(*) as contacts,
    count(*) filter (contacts.is_identified) as contacts_identified,
    count(came_back.contact_key) as contacts_returning
from contacts
left join legs on contacts.owner_leg_key = legs.leg_key
left join came_back on contacts.contact_key = came_back.contact_key
group by
    contacts.contact_date,
    contacts.owner_agent_id,
    coalesce(legs.agent_date, contacts.contact_date),
    contacts.topic
