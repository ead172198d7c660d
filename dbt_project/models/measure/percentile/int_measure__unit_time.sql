-- One row per unit and scope: an agent's legs, a team's contacts (their wrap-ups add up), a queue's visits, and
-- contacts for channel and centre; empty where the unit has no such time or an incident takes it out.
with

contacts as (

    select * from {{ ref('fct_contact') }}
    where
        not is_test
        and contact_date in (select timed.timed_date from {{ ref('int_measure__timed_date') }} as timed)

),

visits as (

    select * from {{ ref('fct_queue_visit') }}
    where
        not is_test
        and contact_date in (select timed.timed_date from {{ ref('int_measure__timed_date') }} as timed)

),

legs as (

    select * from {{ ref('fct_contact_leg') }}
    where
        not is_test
        and contact_date in (select timed.timed_date from {{ ref('int_measure__timed_date') }} as timed)

),

agent_teams as (

    select * from {{ ref('bridge_agent_team_day') }}

),

excluded_times as (

    select * from {{ ref('int_measure__excluded_time') }}

),

numbers as (

    select * from {{ ref('int_measure__scope_number') }}

),

team_contacts as (

    select
        legs.contact_key,
        legs.channel,
        legs.contact_date,
        agent_teams.team_id,
        max(contacts.duration_contacts) as duration_contacts,
        max(contacts.contact_duration_seconds) as contact_duration_seconds,
        max(legs.wrap_up_contacts) as wrap_up_contacts,
        sum(legs.wrap_up_seconds) as wrap_up_seconds
    from legs
    inner join contacts
        on legs.contact_key = contacts.contact_key
    inner join agent_teams
        on
            legs.agent_id = agent_teams.agent_id
            and legs.agent_date = agent_teams.agent_date
    group by legs.contact_key, legs.channel, legs.contact_date, agent_teams.team_id

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
        visits.*
    from visits
    union all by name
    select
        'channel' as scope_kind,
        channel as scope_id,
        contacts.*
    from contacts
    union all by name
    select
        'centre' as scope_kind,
        'centre' as scope_id,
        contacts.*
    from contacts

),

judged as (

    select
        numbers.scope_number,
        units.*,
        coalesce(excluded_times.percentile_facts, []) as excluded_facts
    from units
    inner join numbers
        on
            units.scope_kind = numbers.scope_kind
            and units.scope_id = numbers.scope_id
    left join excluded_times
        on units.contact_key = excluded_times.contact_key

)

select
    scope_number,
    contact_date,
    case
        when duration_contacts > 0 and not list_contains(excluded_facts, 'duration')
            then contact_duration_seconds::decimal(18, 3)
    end as duration,
    case
        when wrap_up_contacts > 0 and not list_contains(excluded_facts, 'wrap_up') then wrap_up_seconds::decimal(18, 3)
    end as wrap_up,
    case
        when contacts_waited > 0 and not list_contains(excluded_facts, 'wait') then waited_seconds
    end as wait,
    case
        when contacts_wait_recorded > 0 and not list_contains(excluded_facts, 'wait_all') then routed_wait_seconds
    end as wait_all,
    case
        when
            contacts_abandoned_counted > 0 and not list_contains(excluded_facts, 'abandon')
            then abandon_seconds_counted
    end as abandon,
    case
        when
            contacts_abandoned_wait_recorded > 0 and not list_contains(excluded_facts, 'abandon_all')
            then abandon_seconds_all
    end as abandon_all,
    case
        when
            contacts_answered_wait_recorded > 0 and not list_contains(excluded_facts, 'answer_wait')
            then answer_wait_seconds
    end as answer_wait
from judged
