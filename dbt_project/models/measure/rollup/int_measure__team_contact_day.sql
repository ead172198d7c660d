-- One row per KPI group, team, channel and day: a contact with several legs in a team counts once, its times add up,
-- all but its duration, which is the contact's own.
with

legs as (

    select * from {{ ref('int_measure__leg') }}

),

shared_contacts as (

    select * from {{ ref('int_measure__shared_contact') }}

),

agent_days as (

    select * exclude (is_shared) from {{ ref('int_measure__agent_contact_day') }}
    where not is_shared

),

agent_teams as (

    select distinct
        agent_id,
        agent_date,
        team_id
    from {{ ref('bridge_agent_team_day') }}

),

shared_legs as (

    select
        agent_teams.team_id,
        legs.* exclude (agent_id, agent_date) replace (  -- noqa: RF02
            if(legs.duration_contacts is null, null, shared_contacts.duration_contacts) as duration_contacts,
            if(legs.duration_contacts is null, null, shared_contacts.contact_duration_seconds)
                as contact_duration_seconds
        )
    from legs
    inner join shared_contacts
        on legs.contact_key = shared_contacts.contact_key
    inner join agent_teams
        on
            legs.agent_id = agent_teams.agent_id
            and legs.agent_date = agent_teams.agent_date

),

-- Counts of contacts are told by their names, as everywhere: the noun is contacts or connects.
shared_contact_teams as (

    select
        kpi_group,
        contact_key,
        team_id,
        channel,
        contact_date as scope_date,
        max(columns(
            '^(connects|connect_attempts|contact_duration_seconds|contacts_.*|.*_contacts'
            || '|.*_contacts_(inbound|callback))$'
        )),
        sum(columns(c -> not regexp_matches(
            c,
            '^(kpi_group|contact_key|team_id|channel|contact_date|contact_(mean_response|duration)_seconds'
            || '|connects|connect_attempts|contacts_.*|.*_contacts|.*_contacts_(inbound|callback))$'
        ))),
        -- A mean of a contact is a mean over what this team answered in it, not a sum of the means of its legs.
        coalesce(sum(response_seconds) / nullif(sum(response_turns), 0), 0)::decimal(18, 4)
            as contact_mean_response_seconds
    from shared_legs
    group by kpi_group, contact_key, team_id, channel, contact_date

),

-- So is the square of what a contact has once: that of the sum, not the sum of the squares.
shared_squares as (

    select
        * exclude (contact_key),  -- noqa: AM04
        {{ squares_of('(?:contact_duration|wrap_up|customer_first_response|contact_mean_response)_seconds') }}
    from shared_contact_teams

),

singles as (

    select
        agent_days.* exclude (agent_id, agent_date),  -- noqa: RF02
        agent_teams.team_id
    from agent_days
    inner join agent_teams
        on
            agent_days.agent_id = agent_teams.agent_id
            and agent_days.agent_date = agent_teams.agent_date

),

together as (

    select * from singles
    union all by name
    select * from shared_squares

)

select
    kpi_group,
    team_id,
    channel,
    scope_date,
    sum(columns(* exclude (kpi_group, team_id, channel, scope_date)))
from together
group by kpi_group, team_id, channel, scope_date
