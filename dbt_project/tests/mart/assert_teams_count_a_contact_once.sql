-- However many agents of a team had a part in a contact, and however often it was passed on, the team counts it once:
-- handled, and transferred. (What an agent counts are legs.)
with

agent_teams as (

    select distinct
        agent_id,
        agent_date,
        team_id
    from {{ ref('bridge_agent_team_day') }}

),

counted as (

    select
        agent_teams.team_id,
        legs.contact_date as scope_date,
        count(distinct legs.contact_key) filter (where legs.contacts_handled > 0) as contacts_handled,
        count(distinct legs.contact_key) filter (where legs.contacts_transferred > 0) as contacts_transferred
    from {{ ref('fct_contact_leg') }} as legs
    inner join agent_teams
        on
            legs.agent_id = agent_teams.agent_id
            and legs.agent_date = agent_teams.agent_date
    where {{ on_changed_dates('legs.contact_date') }}
    group by agent_teams.team_id, legs.contact_date

),

team_days as (

    select
        scope_id as team_id,
        scope_date,
        contacts_handled,
        contacts_transferred
    from {{ ref('int_measure__scope_day') }}
    where
        kpi_group = ''
        and scope_kind = 'team'
        and {{ on_changed_dates('scope_date') }}

)

select
    team_days.team_id,
    team_days.scope_date,
    team_days.contacts_handled,
    counted.contacts_handled as counted_handled,
    team_days.contacts_transferred,
    counted.contacts_transferred as counted_transferred
from team_days
left join counted
    on
        team_days.team_id = counted.team_id
        and team_days.scope_date = counted.scope_date
where
    team_days.contacts_handled != coalesce(counted.contacts_handled, 0)
    or team_days.contacts_transferred != coalesce(counted.contacts_transferred, 0)
