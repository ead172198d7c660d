with

offers as (

    select * from {{ ref('int_contact__offer') }}

),

contacts as (

    select * from {{ ref('int_contact__base') }}

)

select
    offers.contact_key || '!' || coalesce(offers.agent_id, '') || '!' || offers.offer_number as offer_key,
    offers.contact_key,
    offers.agent_id,
    offers.offered_at,
    contacts.contact_date,
    offers.agent_date,
    contacts.channel,
    coalesce(offers.queue_id, contacts.queue_id) as queue_id,
    contacts.is_test,
    cast(not contacts.is_test as bigint) as connect_attempts,
    cast(0 as bigint) as connects
from offers
inner join contacts on offers.contact_key = contacts.contact_key
