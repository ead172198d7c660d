with

legs as (

    select * from {{ ref('int_kept__leg') }}

),

sources as (

    select * from {{ ref('int_contact__source') }}

)

select
    legs.agent_id,
    legs.agent_date,
    true as has_leg,
    bool_or(coalesce(sources.is_state_recorded, true)) as has_leg_with_states
from legs
left join sources on legs.source_id = sources.source_id
where
    legs.agent_id is not null
    and not legs.is_test
group by all
