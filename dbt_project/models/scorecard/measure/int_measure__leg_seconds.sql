{{ config(schema='measure', materialized='view') }}

-- One row per time that belongs to one leg or turn, whatever the scope: first responses, turns, handle times.
with

legs as (

    select * from {{ ref('fct_contact_leg') }}
    where not is_test

),

turns as (

    select * from {{ ref('fct_message_turn') }}

)

select
    'response' as percentile_fact,
    contact_key,
    agent_id,
    agent_date,
    channel,
    queue_id,
    contact_date,
    response_seconds as seconds
from turns
union all
select
    'first_response' as percentile_fact,
    contact_key,
    agent_id,
    agent_date,
    channel,
    queue_id,
    contact_date,
    first_response_seconds as seconds
from legs
where first_response_legs > 0
union all
select
    'customer_first_response' as percentile_fact,
    contact_key,
    agent_id,
    agent_date,
    channel,
    queue_id,
    contact_date,
    customer_first_response_seconds as seconds
from legs
where customer_first_response_contacts > 0
union all
select
    'handle' as percentile_fact,
    contact_key,
    agent_id,
    agent_date,
    channel,
    queue_id,
    contact_date,
    handle_seconds as seconds
from legs
where handled_legs > 0
