with

contacts as (

    select * from {{ ref('int_contact__base') }}

)

select
    contact_key,
    source_id,
    contact_id,
    contact_date,
    customer_id,
    is_identified,
    channel,
    direction,
    queue_id,
    topic,
    started_at,
    ended_at,
    last_customer_at,
    is_test,
    is_bot_only,
    is_handled,
    is_valid,
    owner_agent_id,
    owner_leg_key
from contacts
