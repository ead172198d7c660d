-- One row per KPI group, agent, day, channel and queue of what is not part of a contact's handling: contacts that may
-- be rated, ratings, reviews, working days. An empty agent, channel or queue means that the row belongs to none and
-- counts in the wider scopes only.
with

agent_days as (

    select * from {{ ref('fct_agent_day') }}

),

contacts as (

    select
        contact_key,
        owner_agent_id,
        owner_leg_key,
        channel,
        queue_id,
        contact_date
    from {{ ref('fct_contact') }}
    where not is_test

),

legs as (

    select
        leg_key,
        agent_date
    from {{ ref('fct_contact_leg') }}

),

eligible as (

    select * from {{ ref('int_rating__eligible') }}

),

ratings as (

    select * from {{ ref('fct_rating') }}
    where is_counted

),

reviews as (

    select * from {{ ref('fct_quality_review') }}

),

excluded as (

    select distinct
        contact_key,
        kpi_group
    from {{ ref('int_contact__excluded') }}

),

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

eligible_contacts as (

    select
        contacts.contact_key,
        contacts.owner_agent_id as agent_id,
        coalesce(legs.agent_date, contacts.contact_date) as agent_date,
        contacts.channel,
        contacts.queue_id,
        contacts.contact_date as scope_date,
        eligible.rating_eligible
    from contacts
    inner join eligible
        on contacts.contact_key = eligible.contact_key
    left join legs
        on contacts.owner_leg_key = legs.leg_key

),

by_contact as (

    select * from eligible_contacts
    union all by name
    select
        * exclude (rating_id, contact_date, is_counted, source_id, landing_day, file_name, record_number, line_number),
        contact_date as scope_date
    from ratings
    union all by name
    select
        * exclude (review_id, reviewer_id, review_date, source_id, landing_day, file_name, record_number, line_number),
        review_date as scope_date
    from reviews

),

by_group as (

    select
        '' as kpi_group,
        * exclude (contact_key)
    from by_contact
    union all by name
    select
        excluded.kpi_group,
        by_contact.* exclude (contact_key)  -- noqa: RF02
    from by_contact
    inner join excluded
        on by_contact.contact_key = excluded.contact_key
    union all by name
    select
        '' as kpi_group,
        agent_days.agent_date as scope_date,
        agent_days.* exclude (peak_concurrent_legs, configured_max_concurrent, peak_cap_share),  -- noqa: RF02
        agent_days.leavers * settings.replacement_cost as leaver_replacement_cost
    from agent_days
    cross join settings

)

select
    kpi_group,
    agent_id,
    agent_date,
    channel,
    queue_id,
    scope_date,
    sum(columns(* exclude (kpi_group, agent_id, agent_date, channel, queue_id, scope_date)))
from by_group
group by kpi_group, agent_id, agent_date, channel, queue_id, scope_date
