{{ config(database='kept', schema='core') }}

with

responses as (

    select * from {{ ref('int_message__response') }}

),

remade as (

    select * from {{ ref('stg_remade_date') }}

),

legs as (

    select * from {{ ref('fct_contact_leg') }}
    where contact_date in (select remade.remade_date from remade)

),

numbers as (

    select
        leg_key,
        contact_number,
        leg_number
    from {{ ref('int_contact__leg') }}

)

select
    legs.contact_key,
    legs.leg_key,
    legs.agent_id,
    legs.queue_id,
    legs.channel,
    legs.contact_date,
    legs.agent_date,
    responses.response_seconds,
    responses.response_business_seconds,
    responses.customer_response_seconds,
    responses.response_from_last_seconds
from responses
inner join numbers
    on
        responses.contact_number = numbers.contact_number
        and responses.leg_number = numbers.leg_number
inner join legs on numbers.leg_key = legs.leg_key
