{{ config(materialized='ephemeral') }}

-- One row per invitation to the three questions, with the contact that it is about, and whether it was answered by
-- the end of the data.
with

surveys as (

    select * from {{ ref('stg_surveys') }}

),

-- A contact with its last human handler, in the team of the day on which that leg connected.
contacts as (

    select
        contacts.*,
        coalesce(legs.agent_date, contacts.contact_date) as owner_date
    from {{ ref('int_kept__contact') }} as contacts
    left join {{ ref('int_kept__leg') }} as legs on contacts.owner_leg_key = legs.leg_key

),

-- As subqueries below: as columns of a join they would be looked up for each row, at ten times the cost.
settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

)

select
    surveys.*,  -- noqa: AM04
    surveys.answered_at <= (select covered.as_of from covered) as is_answered,
    coalesce(contacts.is_test, false) as is_test,
    contacts.owner_agent_id,
    contacts.owner_date,
    contacts.contact_date,
    contacts.channel,
    contacts.queue_id,
    cast(timezone((select settings.time_zone from settings), surveys.invited_at) as date) as invited_date
from surveys
left join contacts on surveys.contact_key = contacts.contact_key
where surveys.invited_at <= (select covered.as_of from covered)
