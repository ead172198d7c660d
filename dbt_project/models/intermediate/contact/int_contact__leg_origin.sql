-- The record that begins a leg: its connection, else the agent's first message, else what tells of the contact.
with

legs as (

    select * from {{ ref('int_contact__leg') }}

),

contacts as (

    select * from {{ ref('int_contact__origin') }}

),

repliers as (

    select * from {{ ref('int_message__agent') }}

),

-- Of several at one instant the least.
connections as (

    select
        contact_key,
        occurred_at,
        min({
            'landing_day': landing_day,
            'file_name': file_name,
            'record_number': record_number,
            'line_number': line_number
        }) as origin
    from {{ ref('stg_contact_events') }}
    where event_type = 'connected'
    group by contact_key, occurred_at

)

select
    legs.leg_key,
    coalesce(connections.origin.landing_day, repliers.origin.landing_day, contacts.landing_day) as landing_day,
    coalesce(connections.origin.file_name, repliers.origin.file_name, contacts.file_name) as file_name,
    coalesce(connections.origin.record_number, repliers.origin.record_number, contacts.record_number) as record_number,
    coalesce(connections.origin.line_number, repliers.origin.line_number, contacts.line_number) as line_number
from legs
inner join contacts on legs.contact_key = contacts.contact_key
left join connections
    on
        legs.contact_key = connections.contact_key
        and legs.connected_at = connections.occurred_at
left join repliers
    on
        legs.contact_key = repliers.contact_key
        and legs.agent_id is not distinct from repliers.agent_id
