with

visits as (

    select * from {{ ref('int_queue__visit') }}

),

contacts as (

    select * from {{ ref('int_contact__base') }}

)

select distinct
    visits.contact_key,
    visits.queue_id,
    contacts.contact_date
from visits
inner join contacts on visits.contact_key = contacts.contact_key
