{{ config(materialized='view') }}

with

sources as (

    select * from {{ ref('stg_source_setting') }}

),

topics as (

    select * from {{ ref('stg_source_topic') }}

)

select
    sources.source_id,
    sources.channel,
    sources.is_received_without_routing,
    coalesce(bool_or(topics.is_recorded) filter (where topics.topic = 'routing'), true) as is_routing_recorded,
    -- A transfer is a routing event: without these there is nothing to record it by.
    coalesce(bool_and(topics.is_recorded) filter (where topics.topic in ('routing', 'transfers')), true)
        as is_transfer_recorded,
    coalesce(bool_or(topics.is_recorded) filter (where topics.topic = 'transfer_arrivals'), true)
        as is_arrival_recorded,
    -- A log is written line by line; rows of other files may stand in any order.
    sources.source_kind = 'asterisk_queue_log' as is_order_recorded,
    coalesce(bool_or(topics.is_recorded) filter (where topics.topic = 'messages'), true) as is_message_recorded,
    coalesce(bool_or(topics.is_recorded) filter (where topics.topic = 'system_messages'), true)
        as is_system_message_recorded,
    coalesce(bool_or(topics.is_recorded) filter (where topics.topic = 'wrap_up'), true) as is_wrap_up_recorded,
    coalesce(bool_or(topics.is_recorded) filter (where topics.topic = 'agent_states'), true) as is_state_recorded
from sources
left join topics on sources.source_id = topics.source_id
group by sources.source_id, sources.source_kind, sources.channel, sources.is_received_without_routing
