{{ config(materialized='ephemeral') }}

-- One row per action because of a topic signal. A signal's name holds its topic, its local date and the hour at which
-- its first window ended. Several actions may speak of one, and the last that says what it was is believed.
with

actions as (

    select * from {{ ref('stg_actions') }}
    where origin_kind = 'topic_signal'

),

named as (

    select
        *,
        regexp_extract(
            origin_id, '^(.+)@([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2})$', ['topic', 'local_date', 'hour_end']
        ) as parts
    from actions

)

select
    named.source_id || '/' || named.action_id as action_id,
    named.origin_id as named_signal_id,
    nullif(named.parts.topic, '') as topic,
    try_cast(named.parts.local_date as date) as local_date,
    try_cast(named.parts.hour_end as integer) as hour_end,
    named.action_kind,
    named.taken_at,
    named.action_result,
    last_value(if(named.action_result in ('true_event', 'false_alarm'), named.action_result, null) ignore nulls) over (
        partition by named.origin_id
        order by named.taken_at, named.source_id, named.action_id
        rows between unbounded preceding and unbounded following
    ) as verdict
from named
