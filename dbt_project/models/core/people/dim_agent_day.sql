with

staff_days as (

    select * from {{ ref('int_staff__day') }}

),

seen as (

    select * from {{ ref('int_agent__seen') }}

),

dates as (

    select * from {{ ref('int_agent__date') }}

),

homes as (

    select * from {{ ref('int_team__member_day') }}
    where is_home_team

),

agent_days as (

    select
        seen.agent_id,
        dates.agent_date
    from seen
    inner join dates on seen.first_seen_on <= dates.agent_date

)

select
    agent_days.agent_id,
    agent_days.agent_date,
    coalesce(staff_days.agent_name, agent_days.agent_id) as agent_name,
    staff_days.segment,
    staff_days.tenure_band,
    staff_days.role,
    staff_days.employment,
    staff_days.max_concurrent,
    homes.team_id as home_team_id
from agent_days
left join staff_days
    on
        agent_days.agent_id = staff_days.agent_id
        and agent_days.agent_date = staff_days.agent_date
left join homes
    on
        agent_days.agent_id = homes.agent_id
        and agent_days.agent_date = homes.agent_date
