-- One row per scope and topic that some source feeding it records. What only the contacts' own source can record, a
-- source without contacts does not.
with

topics as (

    select
        source_id,
        topic
    from {{ ref('stg_source_topic') }}
    where is_recorded
    union all
    select
        source_id,
        topic
    from {{ ref('int_measure__event_topic') }}
    where is_recorded

),

scope_sources as (

    select * from {{ ref('int_measure__scope_source') }}

)

select distinct
    scope_sources.scope_kind,
    scope_sources.scope_id,
    topics.topic
from scope_sources
inner join topics
    on scope_sources.source_id = topics.source_id
where
    scope_sources.has_contacts
    or topics.topic not in (
        'routing', 'waits', 'abandons', 'unanswered', 'transfers', 'transfer_arrivals', 'messages',
        'system_messages', 'wrap_up', 'customer_ids'
    )
