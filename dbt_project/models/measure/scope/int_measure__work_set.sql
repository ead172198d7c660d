{{ config(materialized='view') }}

-- One row per agent, day, channel and queue of a leg with the number of the set of scopes that the leg counts in.
with

work_scopes as (

    select * from {{ ref('int_measure__work_scope') }}

),

sets as (

    select * from {{ ref('int_measure__scope_set') }}

)

select
    work_scopes.agent_id,
    work_scopes.agent_date,
    work_scopes.channel,
    work_scopes.queue_id,
    sets.set_number
from work_scopes
inner join sets
    on work_scopes.scope_numbers = sets.scope_numbers
