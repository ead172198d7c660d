with

legs as (

    select * from {{ ref('int_contact__leg') }}

),

contacts as (

    select * from {{ ref('int_contact__base') }}

),

quarters as (

    select * from {{ ref('int_contact__quarter') }}

)

select
    legs.leg_key,
    legs.contact_key,
    legs.leg_number,
    legs.source_id,
    legs.agent_id,
    legs.is_test,
    legs.connected_at,
    legs.ended_at,
    legs.end_kind,
    quarters.local_date as agent_date,
    contacts.contact_date
from legs
inner join contacts on legs.contact_key = contacts.contact_key
left join quarters on epoch_us(legs.connected_at) // 900000000 = quarters.quarter_number
