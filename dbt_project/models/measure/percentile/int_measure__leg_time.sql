{{ config(materialized='view') }}

-- One row per leg with the times that are a leg's whatever the scope, and the set of scopes it counts in; empty
-- where the leg has no such time or an incident takes it out.
with

legs as (

    select * from {{ ref('fct_contact_leg') }}
    where
        not is_test
        and contact_date in (select timed.timed_date from {{ ref('int_measure__timed_date') }} as timed)

),

work_sets as (

    select * from {{ ref('int_measure__work_set') }}

),

excluded_times as (

    select * from {{ ref('int_measure__excluded_time') }}

),

judged as (

    select
        legs.*,
        work_sets.set_number,
        coalesce(excluded_times.percentile_facts, []) as excluded_facts
    from legs
    inner join work_sets
        on
            legs.agent_id is not distinct from work_sets.agent_id
            and legs.agent_date = work_sets.agent_date
            and legs.channel is not distinct from work_sets.channel
            and legs.queue_id is not distinct from work_sets.queue_id
    left join excluded_times
        on legs.contact_key = excluded_times.contact_key

)

select
    set_number,
    contact_date,
    case
        when first_response_legs > 0 and not list_contains(excluded_facts, 'first_response') then first_response_seconds
    end as first_response,
    case
        when customer_first_response_contacts > 0 and not list_contains(excluded_facts, 'customer_first_response')
            then customer_first_response_seconds
    end as customer_first_response,
    case
        when handled_legs_timed > 0 and not list_contains(excluded_facts, 'handle') then handle_seconds
    end as handle
from judged
