-- The record that begins a visit: the entry into the queue, else the exit, else what tells of the contact.
with

visits as (

    select * from {{ ref('int_queue__stay') }}

),

contacts as (

    select * from {{ ref('int_contact__origin') }}

),

-- Of several at one instant the least.
signs as (

    select
        contact_key,
        occurred_at,
        event_type = 'queued' as is_entry,
        min({
            'landing_day': landing_day,
            'file_name': file_name,
            'record_number': record_number,
            'line_number': line_number
        }) as origin
    from {{ ref('stg_contact_events') }}
    where event_type in ('queued', 'connected', 'abandoned', 'left_queue', 'refused')
    group by contact_key, occurred_at, event_type = 'queued'

),

entries as (

    select * from signs
    where is_entry

),

exits as (

    select * from signs
    where not is_entry

)

select
    visits.visit_key,
    coalesce(entries.origin.landing_day, exits.origin.landing_day, contacts.landing_day) as landing_day,
    coalesce(entries.origin.file_name, exits.origin.file_name, contacts.file_name) as file_name,
    coalesce(entries.origin.record_number, exits.origin.record_number, contacts.record_number) as record_number,
    coalesce(entries.origin.line_number, exits.origin.line_number, contacts.line_number) as line_number
from visits
inner join contacts on visits.contact_key = contacts.contact_key
left join entries
    on
        visits.contact_key = entries.contact_key
        and visits.entered_at = entries.occurred_at
left join exits
    on
        visits.contact_key = exits.contact_key
        and visits.left_at = exits.occurred_at
