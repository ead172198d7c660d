{{ config(schema='measure') }}

-- One row per scope and inbound contact of an identified customer, with the dates of that customer's contacts
-- before and after it in the same scope: enough to count customers of any period without going through the
-- contacts again.
with

contacts as (

    select
        contact_key,
        customer_id,
        channel,
        contact_date
    from {{ ref('fct_contact') }}
    where
        is_identified
        and direction = 'inbound'
        and not is_test
        and not is_bot_only

),

visits as (

    select distinct
        contact_key,
        queue_id
    from {{ ref('fct_queue_visit') }}
    where queue_id is not null

),

legs as (

    select distinct
        contact_key,
        agent_id,
        agent_date
    from {{ ref('fct_contact_leg') }}
    where agent_id is not null

),

agent_teams as (

    select
        agent_id,
        agent_date,
        team_id
    from {{ ref('bridge_agent_team_day') }}

),

contact_agents as (

    select distinct
        contact_key,
        agent_id
    from legs

),

contact_teams as (

    select distinct
        legs.contact_key,
        agent_teams.team_id
    from legs
    inner join agent_teams
        on
            legs.agent_id = agent_teams.agent_id
            and legs.agent_date = agent_teams.agent_date

),

contact_scopes as (

    select
        'centre' as scope_kind,
        'centre' as scope_id,
        contact_key
    from contacts
    union all
    select
        'channel' as scope_kind,
        channel as scope_id,
        contact_key
    from contacts
    union all
    select
        'queue' as scope_kind,
        queue_id as scope_id,
        contact_key
    from visits
    union all
    select
        'agent' as scope_kind,
        agent_id as scope_id,
        contact_key
    from contact_agents
    union all
    select
        'team' as scope_kind,
        team_id as scope_id,
        contact_key
    from contact_teams
    union all
    select
        'team_channel' as scope_kind,
        contact_teams.team_id || '|' || contacts.channel as scope_id,
        contact_teams.contact_key
    from contact_teams
    inner join contacts
        on contact_teams.contact_key = contacts.contact_key

)

select
    contact_scopes.scope_kind,
    contact_scopes.scope_id,
    contacts.contact_date as scope_date,
    coalesce(lag(contacts.contact_date) over by_customer, date '0001-01-01') as previous_date,
    coalesce(lead(contacts.contact_date) over by_customer, date '9999-12-31') as next_date
from contact_scopes
inner join contacts
    on contact_scopes.contact_key = contacts.contact_key
window by_customer as (
    partition by contact_scopes.scope_kind, contact_scopes.scope_id, contacts.customer_id
    order by contacts.contact_date, contacts.contact_key
)
