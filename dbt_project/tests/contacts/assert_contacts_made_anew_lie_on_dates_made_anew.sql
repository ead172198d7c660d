-- A contact that is made anew on a date that is not would stand there twice.
with

contacts as (

    select * from {{ ref('int_contact__base') }}

),

remade as (

    select * from {{ ref('stg_remade_date') }}

)

select
    contacts.contact_key,
    contacts.contact_date
from contacts
anti join remade on contacts.contact_date = remade.remade_date
