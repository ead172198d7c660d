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
    where
        not is_shared
        and {{ on_changed_dates('scope_date') }}

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
        legs.kpi_group,
        legs.contact_key,
        legs.channel,
        legs.contact_date,
        {{ each_measure('legs.{}', 'fct_contact_leg', 'once') }},
        {{ each_measure('legs.{}', 'fct_contact_leg', 'sum') }},
        {{ each_measure('if(legs.{} is null, null, shared_contacts.{}) as {}', 'fct_contact_leg', 'contact') }}
    from legs
    inner join shared_contacts
        on legs.contact_key = shared_contacts.contact_key
    inner join agent_teams
        on
            legs.agent_id = agent_teams.agent_id
            and legs.agent_date = agent_teams.agent_date

),

shared_contact_teams as (

    select
        kpi_group,
        contact_key,
        team_id,
        channel,
        contact_date as scope_date,
        {{ together() }},
        {{ each_measure('max({}) as {}', 'fct_contact_leg', 'contact') }}
    from shared_legs
    group by kpi_group, contact_key, team_id, channel, contact_date

),

-- So is the square of what a contact has once: that of the sum, not the sum of the squares.
shared_squares as (

    select
        * exclude (contact_key),  -- noqa: AM04
        {{ squares_of('fct_contact_leg', in_team='once') }}
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
    {{ each_measure('sum({}) as {}', 'fct_contact_leg') }},
    {{ each_measure('sum({}) as {}', 'fct_contact_leg', 'once', squares=true) }}
from together
group by kpi_group, team_id, channel, scope_date
