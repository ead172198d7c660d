with

messages as (

    select * from {{ ref('stg_messages') }}

)

select
    source_id,
    contact_id,
    source_id || '/' || contact_id as contact_key,
    min(sent_at) as first_message_at,
    max(sent_at) as last_message_at,
    min(sent_at) filter (where sender = 'customer') as first_customer_at,
    max(sent_at) filter (where sender = 'customer') as last_customer_at,
    count(*) filter (where sender = 'customer') as customer_messages,
    count(*) filter (where sender = 'agent' and is_manual) as agent_messages,
    count(*) filter (where sender = 'system' or (sender = 'agent' and not is_manual)) as system_messages,
    count(*) filter (where sender = 'bot') as bot_messages,
    count(*) filter (where sender = 'agent') as any_agent_messages
from messages
group by source_id, contact_id
