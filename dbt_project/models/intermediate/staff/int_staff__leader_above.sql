-- One row per person, local date and leader next above him: of his home team, or of the nearest team above with one.
with

staff_days as (

    select * from {{ ref('int_staff__day') }}
    where is_employed

),

homes as (

    select
        agent_id,
        agent_date,
        team_id
    from {{ ref('int_team__member_day') }}
    where is_home_team

),

ancestors as (

    select * from {{ ref('int_team__ancestor') }}

),

notices as (

    select begin_on from {{ ref('stg_notice_setting') }}

),

ranked as (

    select
        staff_days.agent_id,
        staff_days.agent_date,
        homes.team_id,
        coalesce(list_position(['leader', 'supervisor', 'duty_manager', 'director'], staff_days.role), 0) as rank_above
    from staff_days
    inner join homes
        on
            staff_days.agent_id = homes.agent_id
            and staff_days.agent_date = homes.agent_date
    where staff_days.agent_date >= (select notices.begin_on from notices)

),

paths as (

    select
        ranked.agent_id,
        ranked.agent_date,
        ranked.rank_above,
        ancestors.ancestor_team_id,
        ancestors.distance
    from ranked
    inner join ancestors
        on
            ranked.team_id = ancestors.team_id
            and ranked.agent_date >= ancestors.period_from
            and ranked.agent_date < ancestors.period_to

)

select
    paths.agent_id,
    paths.agent_date,
    leaders.agent_id as leader_id
from paths
inner join ranked as leaders
    on
        paths.ancestor_team_id = leaders.team_id
        and paths.agent_date = leaders.agent_date
        and paths.rank_above < leaders.rank_above
qualify
    dense_rank() over (
        partition by paths.agent_id, paths.agent_date
        order by paths.distance, leaders.rank_above
    ) = 1
