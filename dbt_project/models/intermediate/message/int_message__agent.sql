with

messages as (

    select * from {{ ref('stg_messages') }}
    where
        sender = 'agent'
        and is_manual

),

sources as (

    select * from {{ ref('int_contact__source') }}

),

accounts as (

    select * from {{ ref('int_agent__account') }}

)

select
    messages.source_id || '/' || messages.contact_id as contact_key,
    coalesce(accounts.agent_id, messages.agent_id) as agent_id,
    min(messages.sent_at) as first_message_at,
    min({
        'told_at': messages.sent_at,
        'landing_day': messages.landing_day,
        'file_name': messages.file_name,
        'record_number': messages.record_number,
        'line_number': messages.line_number
    }) as origin
from messages
inner join sources
    on
        messages.source_id = sources.source_id
        and not sources.is_routing_recorded
left join accounts
    on
        messages.source_id = accounts.source_id
        and messages.agent_id = accounts.account
        and messages.sent_at >= accounts.mapped_from
        and messages.sent_at < accounts.mapped_until
group by all
