{{ config(schema='measure', materialized='view') }}

-- One row per turn and scope with its response time, without those that an incident takes out.
with

turns as (

    select * from {{ ref('fct_message_turn') }}

),

work_scopes as (

    select * from {{ ref('int_measure__work_scope') }}

),

excluded_times as (

    select * from {{ ref('int_measure__excluded_time') }}
    where list_contains(percentile_facts, 'response')

)

select
    unnest(work_scopes.scope_numbers) as scope_number,
    turns.contact_date,
    turns.response_seconds as response
from turns
anti join excluded_times
    on turns.contact_key = excluded_times.contact_key
inner join work_scopes
    on
        turns.agent_id is not distinct from work_scopes.agent_id
        and turns.agent_date = work_scopes.agent_date
        and turns.channel is not distinct from work_scopes.channel
        and turns.queue_id is not distinct from work_scopes.queue_id
