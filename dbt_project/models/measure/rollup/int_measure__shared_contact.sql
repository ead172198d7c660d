-- Contacts that a team can't have as the sum of its agents' legs: those with more than one leg or offer, which could
-- count twice, and those that lasted longer than their leg. Only these are looked at one by one; everything else is
-- summed per agent and day first, which is a tenth of the work. Above the agent each has the contact's own duration.
with

legs as (

    select
        contact_key,
        count(*) as parts,
        sum(duration_contacts) as duration_contacts,
        sum(contact_duration_seconds) as contact_duration_seconds
    from {{ ref('int_measure__leg') }}
    where kpi_group = ''
    group by contact_key

),

contacts as (

    select
        contact_key,
        duration_contacts,
        contact_duration_seconds
    from {{ ref('fct_contact') }}
    where {{ on_changed_dates('contact_date') }}

)

select
    contacts.contact_key,
    contacts.duration_contacts,
    contacts.contact_duration_seconds
from legs
inner join contacts
    on legs.contact_key = contacts.contact_key
where
    legs.parts > 1
    or legs.duration_contacts != contacts.duration_contacts
    or legs.contact_duration_seconds != contacts.contact_duration_seconds
