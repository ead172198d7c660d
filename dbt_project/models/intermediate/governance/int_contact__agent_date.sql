{{ config(materialized='ephemeral') }}

-- One row per contact and agent who had a leg in it, with the date that decides his team there.
with

legs as (

    select * from {{ ref('int_kept__leg') }}

)

select
    contact_key,
    agent_id,
    min(agent_date) as agent_date
from legs
where agent_id is not null
group by contact_key, agent_id
