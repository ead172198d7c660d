with

member_days as (

    select * from {{ ref('int_team__member_day') }}

),

ancestors as (

    select * from {{ ref('int_team__ancestor') }}

)

-- A team above two of the agent's teams stands once, so that his work counts once there. How far it is above him is
-- told by way of his home team.
select
    member_days.agent_id,
    member_days.agent_date,
    ancestors.ancestor_team_id as team_id,
    coalesce(
        min(ancestors.distance) filter (where member_days.is_home_team), min(ancestors.distance)
    ) as distance,
    bool_or(member_days.is_home_team) as is_home_path
from member_days
inner join ancestors
    on
        member_days.team_id = ancestors.team_id
        and member_days.agent_date >= ancestors.period_from
        and member_days.agent_date < ancestors.period_to
group by member_days.agent_id, member_days.agent_date, ancestors.ancestor_team_id
