{{ config(materialized='ephemeral') }}

-- Parts of wholes that no value tells: what agents did in a team, what teams with guests, or of several wholes, did by
-- those at home in them, and what was done by people in no part.
with

wholes as (

    select * from {{ ref('int_measure__member_whole') }}

),

members as (

    select * from {{ ref('int_measure__member_period') }}
    where kpi_group = ''

),

excluded as (

    select * from {{ ref('int_measure__member_period') }}
    where kpi_group != ''

),

kpis as (

    select * from {{ ref('int_measure__impact_kpi') }}

),

placed as (

    select
        *,
        'team' as split,
        if(team_id is null, 'unassigned', 'team') as part_kind,
        coalesce(team_id, 'unassigned') as part_id
    from wholes
    where
        has_teams
        and not is_whole_team
    union all by name
    -- Agents stand in the team that they worked in itself, and at the centre, where they have a value.
    select
        *,
        'agent' as split,
        'agent' as part_kind,
        agent_id as part_id
    from wholes
    where
        whole_kind = 'team'
        and not has_teams
    union all by name
    select
        *,
        'agent' as split,
        'unassigned' as part_kind,
        'unassigned' as part_id
    from wholes
    where
        whole_kind = 'centre'
        and agent_id is null

)

select
    placed.whole_kind,
    placed.whole_id,
    placed.period_kind,
    placed.period_start,
    placed.split,
    placed.part_kind,
    placed.part_id,
    kpis.kpi_id,
    sum(members.amounts[kpis.numerator_position] - coalesce(excluded.amounts[kpis.numerator_position], 0))
        as numerator,
    sum(members.amounts[kpis.denominator_position] - coalesce(excluded.amounts[kpis.denominator_position], 0))
        as denominator,
    sum(members.amounts[kpis.sample_position] - coalesce(excluded.amounts[kpis.sample_position], 0)) as n
from placed
inner join members
    on
        placed.agent_id is not distinct from members.agent_id
        and placed.home_path = members.home_path
        and placed.guest_teams = members.guest_teams
        and placed.period_kind = members.period_kind
        and placed.period_start = members.period_start
inner join kpis
    on if(placed.split = 'team', kpis.has_teams, kpis.has_agents)
left join excluded
    on
        members.agent_id is not distinct from excluded.agent_id
        and members.home_path = excluded.home_path
        and members.guest_teams = excluded.guest_teams
        and members.period_kind = excluded.period_kind
        and members.period_start = excluded.period_start
        and kpis.kpi_group = excluded.kpi_group
group by all
