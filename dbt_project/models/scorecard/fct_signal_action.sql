with

actions as (

    select * from {{ ref('int_measure__signal_action') }}

),

signals as (

    select * from {{ ref('fct_topic_signal') }}

)

select
    actions.action_id,
    signals.signal_id,
    actions.named_signal_id,
    actions.topic,
    actions.local_date,
    actions.action_kind,
    actions.taken_at,
    actions.action_result
from actions
left join signals
    on
        actions.topic = signals.topic
        and actions.local_date = signals.local_date
        and actions.hour_end between signals.first_hour_end and signals.last_hour_end
order by actions.taken_at, actions.action_id
