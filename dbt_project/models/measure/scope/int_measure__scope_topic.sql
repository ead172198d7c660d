-- One row per scope and topic that some source feeding it records, and the first local date on which one does. What
-- only the contacts' own source can record, a source without contacts does not.
with

topics as (

    select
        source_id,
        topic,
        recorded_from
    from {{ ref('int_source__topic') }}
    where recorded_from is not null
    union all
    select
        source_id,
        topic,
        '-infinity'::date as recorded_from
    from {{ ref('int_measure__event_topic') }}
    where is_recorded

),

scope_sources as (

    select * from {{ ref('int_measure__scope_source') }}

)

select
    scope_sources.scope_kind,
    scope_sources.scope_id,
    topics.topic,
    min(topics.recorded_from) as recorded_from
from scope_sources
inner join topics
    on scope_sources.source_id = topics.source_id
where
    scope_sources.has_contacts
    or topics.topic not in (
        'routing', 'waits', 'abandons', 'unanswered', 'transfers', 'transfer_arrivals', 'messages',
        'system_messages', 'wrap_up', 'customer_ids', 'escalation_context'
    )
group by scope_sources.scope_kind, scope_sources.scope_id, topics.topic
