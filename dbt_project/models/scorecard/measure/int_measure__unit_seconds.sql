{{ config(schema='measure', materialized='view') }}

-- One row per time that is a leg's for an agent, a contact's within the team for a team, a visit's for a queue, and a contact's for
-- channel and centre; waits only for the latter three.
with

contacts as (

    select * from {{ ref('fct_contact') }}
    where not is_test

),

visits as (

    select * from {{ ref('fct_queue_visit') }}
    where
        not is_test
        and queue_id is not null

),

legs as (

    select * from {{ ref('fct_contact_leg') }}
    where
        not is_test
        and agent_id is not null

),

agent_teams as (

    select
        agent_id,
        agent_date,
        team_id
    from {{ ref('bridge_agent_team_day') }}

),

team_contacts as (

    select
        legs.contact_key,
        agent_teams.team_id,
        legs.channel,
        legs.contact_date,
        max(legs.duration_contacts) as duration_contacts,
        sum(legs.contact_duration_seconds) as contact_duration_seconds,
        max(legs.wrap_up_contacts) as wrap_up_contacts,
        sum(legs.wrap_up_seconds) as wrap_up_seconds
    from legs
    inner join agent_teams
        on
            legs.agent_id = agent_teams.agent_id
            and legs.agent_date = agent_teams.agent_date
    group by legs.contact_key, agent_teams.team_id, legs.channel, legs.contact_date

),

units as (

    select
        'agent' as scope_kind,
        agent_id as scope_id,
        contact_key,
        contact_date,
        duration_contacts,
        contact_duration_seconds,
        wrap_up_contacts,
        wrap_up_seconds
    from legs
    union all by name
    select
        'team' as scope_kind,
        team_id as scope_id,
        * exclude (team_id, channel)
    from team_contacts
    union all by name
    select
        'team_channel' as scope_kind,
        team_id || '|' || channel as scope_id,
        * exclude (team_id, channel)
    from team_contacts
    union all by name
    select
        'queue' as scope_kind,
        queue_id as scope_id,
        contact_key,
        contact_date,
        duration_contacts,
        contact_duration_seconds,
        wrap_up_contacts,
        wrap_up_seconds,
        contacts_waited,
        waited_seconds,
        contacts_routed,
        routed_wait_seconds,
        contacts_abandoned_counted,
        abandon_seconds_counted,
        contacts_abandoned,
        abandon_seconds_all,
        contacts_answered,
        answer_wait_seconds
    from visits
    union all by name
    select
        unnest(['channel', 'centre']) as scope_kind,
        unnest([channel, 'centre']) as scope_id,
        contact_key,
        contact_date,
        duration_contacts,
        contact_duration_seconds,
        wrap_up_contacts,
        wrap_up_seconds,
        contacts_waited,
        waited_seconds,
        contacts_routed,
        routed_wait_seconds,
        contacts_abandoned_counted,
        abandon_seconds_counted,
        contacts_abandoned,
        abandon_seconds_all,
        contacts_answered,
        answer_wait_seconds
    from contacts

),

times as (

    select
        scope_kind,
        scope_id,
        contact_key,
        contact_date,
        unnest([
            'duration', 'wrap_up', 'wait', 'wait_all', 'abandon', 'abandon_all', 'answer_wait'
        ]) as percentile_fact,
        unnest([
            duration_contacts, wrap_up_contacts, contacts_waited, contacts_routed, contacts_abandoned_counted,
            contacts_abandoned, contacts_answered
        ]) as cases,
        unnest([
            contact_duration_seconds, wrap_up_seconds, waited_seconds, routed_wait_seconds, abandon_seconds_counted,
            abandon_seconds_all, answer_wait_seconds
        ]) as seconds
    from units

)

select
    percentile_fact,
    contact_key,
    scope_kind,
    scope_id,
    contact_date,
    seconds
from times
where cases > 0
