with

legs as (

    select * from {{ ref('int_contact__leg') }}

),

stretches as (

    select * from {{ ref('int_contact__stretch') }}

),

contacts as (

    select * from {{ ref('int_contact__base') }}

)

-- Each by itself: a leg that is taken up once more leaves its agent free in between.
select
    legs.agent_id,
    stretches.started_at,
    stretches.ended_at,
    contacts.contact_date
from legs
inner join stretches
    on
        legs.contact_key = stretches.contact_key
        and legs.leg_number = stretches.leg_number
inner join contacts on legs.contact_key = contacts.contact_key
where
    stretches.stretch_kind = 'wrap_up'
    and legs.agent_id is not null
    and legs.wrap_up_ms is not null
    and not legs.is_test
