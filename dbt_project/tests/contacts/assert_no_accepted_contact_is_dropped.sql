-- A contact that any feed speaks of is a fact, whether its header came or not, and no fact is of a contact that none
-- speaks of; of the dates that are made anew.
with

spoken_of as (

    select contact_key from {{ ref('stg_contacts') }}
    union
    select contact_key from {{ ref('stg_contact_events') }}
    union
    select contact_key from {{ ref('int_message__contact') }}
    except
    select source_id || '/' || contact_id as contact_key from {{ ref('stg_elsewhere') }}

),

remade as (

    select * from {{ ref('stg_remade_date') }}

),

facts as (

    select contact_key from {{ ref('fct_contact') }}
    where contact_date in (select remade.remade_date from remade)

)

select
    spoken_of.contact_key,
    facts.contact_key as fact_contact_key
from spoken_of
full join facts on spoken_of.contact_key = facts.contact_key
where
    spoken_of.contact_key is null
    or facts.contact_key is null
