{{ config(database='warehouse', schema='core', materialized='view') }}

with

responses as (

    select * from {{ ref('int_message__response') }}

),

legs as (

    select * from {{ ref('fct_contact_leg') }}

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
inner join legs
    on
        responses.contact_hash = hash(legs.source_id, legs.contact_id)
        and responses.leg_number = legs.leg_number
