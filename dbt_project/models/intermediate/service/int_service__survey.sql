{{ config(materialized='ephemeral') }}

-- One row per invitation to the three questions, with the contact that it is about, and whether it was answered by
-- the end of the data.
with

surveys as (

    select * from {{ ref('stg_surveys') }}

),

contacts as (

    select
        contact_key,
        contact_date,
        channel,
        queue_id,
        is_test,
        owner_agent_id,
        owner_leg_key
    from {{ ref('int_kept__contact') }}

),

-- Nearly every leg connects on its contact's own date: the others alone have to be looked for.
legs as (

    select
        leg_key,
        agent_date
    from {{ ref('int_kept__leg') }}
    where agent_date != contact_date

),

-- As subqueries below: as columns of a join they would be looked up for each row, at ten times the cost.
settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

)

-- With the last human handler, in the team of the day on which that leg connected.
select
    surveys.*,  -- noqa: AM04
    surveys.answered_at <= (select covered.as_of from covered) as is_answered,
    coalesce(contacts.is_test, false) as is_test,
    contacts.owner_agent_id,
    coalesce(legs.agent_date, contacts.contact_date) as owner_date,
    contacts.channel,
    contacts.queue_id,
    coalesce(
        contacts.contact_date,
        cast(timezone((select settings.time_zone from settings), surveys.invited_at) as date)
    ) as survey_date
from surveys
left join contacts on surveys.contact_key = contacts.contact_key
left join legs on contacts.owner_leg_key = legs.leg_key
where surveys.invited_at <= (select covered.as_of from covered)
