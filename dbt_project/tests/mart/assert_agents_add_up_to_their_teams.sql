-- What adds up at all (not contacts, which a team counts once) is in a team and day what the legs and working days
-- of its agents, by the membership of that day, add up to.
with

additive as (

    select measure from {{ ref('dim_measure') }}
    where
        not counts_contacts
        and rollup = 'sum'

),

agent_teams as (

    select distinct
        agent_id,
        agent_date,
        team_id
    from {{ ref('bridge_agent_team_day') }}

),

leg_sums as (

    select
        agent_teams.team_id,
        legs.contact_date as scope_date,
        sum(columns('_messages$|^handled_legs'))
    from {{ ref('fct_contact_leg') }} as legs
    inner join agent_teams
        on
            legs.agent_id = agent_teams.agent_id
            and legs.agent_date = agent_teams.agent_date
    group by agent_teams.team_id, legs.contact_date

),

day_sums as (

    select
        agent_teams.team_id,
        agent_days.agent_date as scope_date,
        sum(columns(agent_days.* exclude (
            agent_id, agent_date, peak_concurrent_legs, configured_max_concurrent, peak_cap_share  -- noqa: RF02
        )))
    from {{ ref('fct_agent_day') }} as agent_days
    inner join agent_teams
        on
            agent_days.agent_id = agent_teams.agent_id
            and agent_days.agent_date = agent_teams.agent_date
    group by agent_teams.team_id, agent_days.agent_date

),

sums as (

    select * from leg_sums
    union all by name
    select * from day_sums

),

expected_wide as (

    select
        team_id,
        scope_date,
        coalesce(sum(columns(* exclude (team_id, scope_date))), 0)::decimal(18, 4)
    from sums
    group by team_id, scope_date

),

expected as (

    unpivot expected_wide
    on columns(* exclude (team_id, scope_date))
    into name measure value amount

),

found_wide as (

    select * exclude (kpi_group, scope_kind)
    from {{ ref('int_measure__scope_day') }}
    where
        kpi_group = ''
        and scope_kind = 'team'

),

found as (

    unpivot found_wide
    on columns(* exclude (scope_id, scope_date))
    into name measure value amount

)

select
    expected.team_id,
    expected.scope_date,
    expected.measure,
    expected.amount as agents_amount,
    found.amount as team_amount
from expected
semi join additive
    on expected.measure = additive.measure
left join found
    on
        expected.team_id = found.scope_id
        and expected.scope_date = found.scope_date
        and expected.measure = found.measure
where expected.amount is distinct from found.amount
