{{ config(materialized='view') }}

-- One row per turn with its response time and the set of scopes it counts in, without those that an incident takes
-- out. What a turn has from its leg is looked up per leg, of which there are far fewer.
with

responses as (

    select * from {{ ref('int_message__response') }}

),

legs as (

    select * from {{ ref('fct_contact_leg') }}

),

numbers as (

    select
        leg_key,
        contact_number
    from {{ ref('int_contact__leg') }}

),

work_sets as (

    select * from {{ ref('int_measure__work_set') }}

),

excluded_times as (

    select * from {{ ref('int_measure__excluded_time') }}
    where list_contains(percentile_facts, 'response')

),

leg_sets as (

    select
        numbers.contact_number,
        legs.leg_number,
        legs.contact_date,
        work_sets.set_number
    from legs
    inner join numbers on legs.leg_key = numbers.leg_key
    anti join excluded_times
        on legs.contact_key = excluded_times.contact_key
    inner join work_sets
        on
            legs.agent_id is not distinct from work_sets.agent_id
            and legs.agent_date = work_sets.agent_date
            and legs.channel is not distinct from work_sets.channel
            and legs.queue_id is not distinct from work_sets.queue_id

)

select
    leg_sets.set_number,
    leg_sets.contact_date,
    responses.response_seconds as response
from responses
inner join leg_sets
    on
        responses.contact_number = leg_sets.contact_number
        and responses.leg_number = leg_sets.leg_number
