with

legs as (

    select * from {{ ref('int_contact__leg') }}

),

-- As a subquery below: the zone as a column of a join would be looked up for each row, at ten times the cost.
settings as (

    select * from {{ ref('stg_centre_setting') }}

),

sources as (

    select * from {{ ref('int_contact__source') }}

)

select
    legs.agent_id,
    cast(timezone((select settings.time_zone from settings), legs.connected_at) as date) as agent_date,
    true as has_leg,
    bool_or(coalesce(sources.is_state_recorded, true)) as has_leg_with_states
from legs
left join sources on legs.source_id = sources.source_id
where
    legs.agent_id is not null
    and not legs.is_test
group by all
