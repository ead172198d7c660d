with

offers as (

    select * from {{ ref('int_contact__offer') }}

),

contacts as (

    select * from {{ ref('int_contact__base') }}

)

select distinct
    offers.agent_id,
    offers.agent_date,
    contacts.contact_date
from offers
inner join contacts on offers.contact_key = contacts.contact_key
