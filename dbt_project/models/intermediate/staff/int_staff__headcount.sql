with

staff_days as (

    select * from {{ ref('int_staff__day') }}

),

employment as (

    select * from {{ ref('int_staff__employment') }}

),

departures as (

    select
        agent_id,
        employed_to as left_on,
        leave_reason,
        exit_interviewer,
        exit_reasons
    from employment
    where is_departure

)

select
    staff_days.agent_id,
    staff_days.agent_date as headcount_date,
    staff_days.role,
    staff_days.employment,
    staff_days.is_employed,
    departures.left_on is not null as is_leaving_day,
    departures.leave_reason,
    departures.exit_interviewer,
    departures.exit_reasons,
    coalesce(departures.exit_interviewer = 'outside', false) as is_interviewed_outside,
    -- Turnover is about full-time staff past their training.
    staff_days.employment = 'full' and staff_days.role != 'trainee' as is_counted
from staff_days
left join departures
    on
        staff_days.agent_id = departures.agent_id
        and staff_days.agent_date = departures.left_on
where staff_days.is_employed or departures.left_on is not null
