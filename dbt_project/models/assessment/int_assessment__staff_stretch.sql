-- One row per agent, month, role and home team: on how many days he was employed or at work so. Whatever of a person's
-- month is asked of days is asked here, so that they are read once.
with

months as (

    select * from {{ ref('int_assessment__month') }}

),

agent_days as (

    select
        agent_id,
        agent_date,
        role,
        home_team_id
    from {{ ref('dim_agent_day') }}

),

employed as (

    select
        agent_id,
        headcount_date
    from {{ ref('fct_headcount_day') }}
    where is_employed

),

worked as (

    select
        agent_id,
        agent_date,
        agent_days
    from {{ ref('fct_agent_day') }}
    where agent_days > 0

)

select
    agent_days.agent_id,
    months.month_start,
    agent_days.role,
    agent_days.home_team_id,
    count(*) as day_count,
    count(employed.agent_id) as employed_days,
    coalesce(sum(worked.agent_days), 0) as agent_days,
    max(agent_days.agent_date) as last_date
from agent_days
inner join months on date_trunc('month', agent_days.agent_date) = months.month_start
left join employed
    on
        agent_days.agent_id = employed.agent_id
        and agent_days.agent_date = employed.headcount_date
left join worked
    on
        agent_days.agent_id = worked.agent_id
        and agent_days.agent_date = worked.agent_date
where
    employed.agent_id is not null
    or worked.agent_id is not null
group by
    agent_days.agent_id,
    months.month_start,
    agent_days.role,
    agent_days.home_team_id
