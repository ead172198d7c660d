-- One row per scope and local date with the measures that are maxima and never sums.
with

agent_days as (

    select * from {{ ref('fct_agent_day') }}
    where {{ on_changed_dates('agent_date') }}

),

agent_teams as (

    select distinct
        agent_id,
        agent_date,
        team_id
    from {{ ref('bridge_agent_team_day') }}

),

scopes as (

    select
        'agent' as scope_kind,
        agent_id as scope_id,  -- noqa: RF03
        agent_days.*  -- noqa: RF03
    from agent_days
    union all by name
    select
        'team' as scope_kind,
        agent_teams.team_id as scope_id,
        agent_days.*
    from agent_days
    inner join agent_teams
        on
            agent_days.agent_id = agent_teams.agent_id
            and agent_days.agent_date = agent_teams.agent_date
    union all by name
    select
        'centre' as scope_kind,
        'centre' as scope_id,
        agent_days.*
    from agent_days

)

select
    scope_kind,
    scope_id,
    agent_date as scope_date,
    max(peak_concurrent_legs)::decimal(18, 4) as peak_concurrent_legs,
    max(configured_max_concurrent)::decimal(18, 4) as configured_max_concurrent,
    max(peak_cap_share)::decimal(18, 4) as peak_cap_share
from scopes
group by scope_kind, scope_id, agent_date
