-- Nearly every contact's rows of a feed lie on one date or on two that follow each other; only where they span more is
-- each row asked.
with

contacts as (

    select
        source_id,
        contact_id,
        contact_key,
        contact_date,
        started_at,
        is_header_missing
    from {{ ref('int_contact__header') }}

),

seen as (

    select * from {{ ref('int_contact__seen') }}

),

messaged as (

    select * from {{ ref('int_message__contact') }}

),

events as (

    select * from {{ ref('stg_contact_events') }}

),

messages as (

    select * from {{ ref('stg_messages') }}

),

set_aside as (

    select * from {{ ref('stg_set_aside') }}
    where contact_id is not null

),

spans as (

    select
        'contact_events' as feed,
        contacts.source_id,
        contacts.contact_id,
        contacts.contact_date,
        {{ utc_date('seen.first_event_at') }} as first_date,
        {{ utc_date('seen.last_event_at') }} as last_date
    from contacts
    inner join seen on contacts.contact_key = seen.contact_key
    union all
    select
        'messages' as feed,
        contacts.source_id,
        contacts.contact_id,
        contacts.contact_date,
        {{ utc_date('messaged.first_message_at') }} as first_date,
        {{ utc_date('messaged.last_message_at') }} as last_date
    from contacts
    inner join messaged on contacts.contact_key = messaged.contact_key

),

long_spans as (

    select * from spans
    where last_date > first_date + 1

)

select
    contact_date,
    'contacts' as feed,
    {{ utc_date('started_at') }} as event_date
from contacts
where not is_header_missing
union
select
    contact_date,
    feed,
    first_date as event_date
from spans
union
select
    contact_date,
    feed,
    last_date as event_date
from spans
union
select
    long_spans.contact_date,
    long_spans.feed,
    {{ utc_date('events.occurred_at') }} as event_date
from long_spans
inner join events
    on
        long_spans.source_id = events.source_id
        and long_spans.contact_id = events.contact_id
where long_spans.feed = 'contact_events'
union
select
    long_spans.contact_date,
    long_spans.feed,
    {{ utc_date('messages.sent_at') }} as event_date
from long_spans
inner join messages
    on
        long_spans.source_id = messages.source_id
        and long_spans.contact_id = messages.contact_id
where long_spans.feed = 'messages'
union
select
    contacts.contact_date,
    set_aside.feed,
    set_aside.event_date
from contacts
inner join set_aside
    on
        contacts.source_id = set_aside.source_id
        and contacts.contact_id = set_aside.contact_id
