with

messages as (

    select * from {{ ref('int_message__placed') }}

)

select
    contact_number,
    leg_number,
    count(*) filter (where is_from_customer) as customer_messages,
    count(*) filter (where is_from_agent) as agent_messages,
    count(*) filter (where not is_from_customer and not is_from_agent) as system_messages,
    min(sent_at) filter (where is_reply) as first_reply_at,
    min(sent_at) filter (where is_customer_reply) as first_customer_reply_at
from messages
group by contact_number, leg_number
