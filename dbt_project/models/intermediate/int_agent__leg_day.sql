with

legs as (

    select * from {{ ref('int_contact__leg') }}

),

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

topics as (

    select * from {{ ref('stg_source_topic') }}
    where topic = 'agent_states'

)

select
    legs.agent_id,
    cast(timezone(settings.time_zone, legs.connected_at) as date) as agent_date,
    bool_or(not coalesce(topics.is_recorded, false)) as has_leg_without_states
from legs
cross join settings
left join topics on legs.source_id = topics.source_id
where
    legs.agent_id is not null
    and not legs.is_test
group by all
