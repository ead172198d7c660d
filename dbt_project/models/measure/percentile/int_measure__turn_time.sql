{{ config(materialized='view') }}

-- One row per turn with its response time and the set of scopes it counts in, without those that an incident takes
-- out.
with

turns as (

    select * from {{ ref('fct_message_turn') }}
    where contact_date in (select timed.timed_date from {{ ref('int_measure__timed_date') }} as timed)

),

work_sets as (

    select * from {{ ref('int_measure__work_set') }}

),

excluded_times as (

    select * from {{ ref('int_measure__excluded_time') }}
    where list_contains(percentile_facts, 'response')

)

select
    work_sets.set_number,
    turns.contact_date,
    turns.response_seconds as response
from turns
anti join excluded_times
    on turns.contact_key = excluded_times.contact_key
inner join work_sets
    on
        turns.agent_id is not distinct from work_sets.agent_id
        and turns.agent_date = work_sets.agent_date
        and turns.channel is not distinct from work_sets.channel
        and turns.queue_id is not distinct from work_sets.queue_id
