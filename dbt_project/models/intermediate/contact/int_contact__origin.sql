-- The record that tells of a contact: its header, else its first event, else its first message.
with

headers as (

    select * from {{ ref('stg_contacts') }}

),

events as (

    select * from {{ ref('stg_contact_events') }}

),

messages as (

    select * from {{ ref('stg_messages') }}

),

without_header as (

    select
        contact_key,
        source_id,
        contact_id
    from {{ ref('int_contact__header') }}
    where is_header_missing

),

-- A least record, since a tie must not be left to chance.
first_events as (

    select
        events.contact_key,
        min({
            'told_at': events.occurred_at,
            'landing_day': events.landing_day,
            'file_name': events.file_name,
            'record_number': events.record_number,
            'line_number': events.line_number
        }) as origin
    from events
    semi join without_header on events.contact_key = without_header.contact_key
    group by events.contact_key

),

without_event as (

    select without_header.*
    from without_header
    anti join first_events on without_header.contact_key = first_events.contact_key

),

first_messages as (

    select
        without_event.contact_key,
        min({
            'told_at': messages.sent_at,
            'landing_day': messages.landing_day,
            'file_name': messages.file_name,
            'record_number': messages.record_number,
            'line_number': messages.line_number
        }) as origin
    from messages
    inner join without_event
        on
            messages.source_id = without_event.source_id
            and messages.contact_id = without_event.contact_id
    group by without_event.contact_key

)

select
    contact_key,
    landing_day,
    file_name,
    record_number,
    line_number
from headers
union all
select
    contact_key,
    origin.landing_day,
    origin.file_name,
    origin.record_number,
    origin.line_number
from first_events
union all
select
    contact_key,
    origin.landing_day,
    origin.file_name,
    origin.record_number,
    origin.line_number
from first_messages
