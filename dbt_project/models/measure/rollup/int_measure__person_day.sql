-- One row per KPI group, agent, day, channel and queue of what is not part of a contact's handling: contacts that may
-- be rated, ratings, reviews, working days. An empty agent, channel or queue means that the row belongs to none and
-- counts in the wider scopes only.
{%- set day_facts = ['int_rating__eligible', 'fct_agent_day', 'int_measure__person_day'] %}
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

records as (

    {{ person_records() }}

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

    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        scope_date,
        {{ each_measure('{}', 'int_rating__eligible') }}
    from eligible_contacts
    union all by name
    select * from records

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
        agent_days.agent_id,
        agent_days.agent_date,
        agent_days.agent_date as scope_date,
        {{ each_measure('agent_days.{}', 'fct_agent_day') }},
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
    {{ each_measure('sum({}) as {}', day_facts) }},
    {{ each_measure_of_records('sum({}) as {}') }}
from by_group
group by kpi_group, agent_id, agent_date, channel, queue_id, scope_date
