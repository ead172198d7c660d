with

headcount as (

    select * from {{ ref('int_staff__headcount') }}
    where is_leaving_day

),

homes as (

    select * from {{ ref('int_team__member_day') }}
    where is_home_team

)

select
    headcount.agent_id,
    headcount.headcount_date as left_on,
    headcount.leave_reason,
    headcount.exit_interviewer,
    headcount.exit_reasons,
    headcount.role,
    headcount.employment,
    homes.team_id as home_team_id,
    cast(headcount.is_counted as bigint) as leavers
from headcount
left join homes
    on
        headcount.agent_id = homes.agent_id
        and headcount.headcount_date = homes.agent_date
