-- A contact that any feed speaks of is a fact, whether its header came or not.
with

spoken_of as (

    select contact_key from {{ ref('stg_contacts') }}
    union
    select contact_key from {{ ref('stg_contact_events') }}
    union
    select contact_key from {{ ref('int_message__contact') }}

),

facts as (

    select * from {{ ref('fct_contact') }}

)

select spoken_of.contact_key
from spoken_of
anti join facts on spoken_of.contact_key = facts.contact_key
