-- One row per KPI group, agent, day, channel and queue of what is not part of a contact's handling: contacts that may
-- be rated or ask for a tag, ratings, reviews, working days. An empty agent, channel or queue means that the row
-- belongs to none and counts in the wider scopes only.
{%- set asked_facts = ['int_rating__eligible', 'int_customer__repeat'] %}
{%- set day_facts = asked_facts + ['fct_agent_day', 'int_measure__person_day'] %}
with

agent_days as (

    select * from {{ ref('fct_agent_day') }}
    where {{ on_changed_dates('agent_date') }}

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
    where
        not is_test
        and {{ on_changed_dates('contact_date') }}

),

legs as (

    select
        leg_key,
        contact_key,
        leg_number,
        agent_id,
        agent_date,
        contacts_transferred
    from {{ ref('fct_contact_leg') }}
    where {{ on_changed_dates('contact_date') }}

),

eligible as (

    select * from {{ ref('int_rating__eligible') }}
    where {{ on_changed_dates('contact_date') }}

),

repeats as (

    select * from {{ ref('int_customer__repeat') }}
    where {{ on_changed_dates('contact_date') }}

),

since as (

    select tags_from from {{ ref('int_topic__since') }}

),

effort_records as (

    select * from {{ ref('int_measure__effort_record') }}
    where
        is_vital_few
        and {{ on_changed_dates('worked_on') }}

),

all_records as (

    {{ person_records() }}

),

records as (

    select * from all_records
    where {{ on_changed_dates('scope_date') }}

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

asked_contacts as (

    select
        contacts.contact_key,
        contacts.owner_agent_id as agent_id,
        coalesce(legs.agent_date, contacts.contact_date) as agent_date,
        contacts.channel,
        contacts.queue_id,
        contacts.contact_date as scope_date,
        eligible.rating_eligible,
        repeats.repeat_contacts_handled
    from contacts
    left join eligible
        on contacts.contact_key = eligible.contact_key
    left join repeats
        on contacts.contact_key = repeats.contact_key
    left join legs
        on contacts.owner_leg_key = legs.leg_key
    where
        eligible.contact_key is not null
        or repeats.contact_key is not null

),

-- A tag tells the cause of a contact's transfer, not of each: that of whoever sent it on first.
transfers as (

    select
        legs.contact_key,
        legs.agent_id,
        legs.agent_date,
        contacts.channel,
        contacts.queue_id,
        contacts.contact_date as scope_date,
        1 as transfers_tag_recorded
    from legs
    inner join contacts
        on legs.contact_key = contacts.contact_key
    inner join since
        on contacts.contact_date >= since.tags_from
    where legs.contacts_transferred > 0
    qualify row_number() over (partition by legs.contact_key order by legs.leg_number) = 1

),

effort as (

    select
        agent_id,
        agent_date,
        worked_on as scope_date,
        minutes as effort_minutes_vital_few
    from effort_records

),

by_contact as (

    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        scope_date,
        {{ each_measure('{}', asked_facts) }}
    from asked_contacts
    union all by name
    select * from transfers
    union all by name
    select * from effort
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
-- By date, so that whoever asks for some reads little of the others: a row is a hundred columns wide.
order by scope_date
