with

leader_days as (

    select
        agent_id,
        agent_date,
        leader_months_due,
        leader_months_met
    from {{ ref('fct_agent_day') }}
    where leader_days > 0

),

agents as (

    select
        agent_id,
        agent_date,
        role,
        home_team_id
    from {{ ref('dim_agent_day') }}

),

plans as (

    select * from {{ ref('fct_plan') }}
    where
        plan_kind in ('leader_onboarding', 'leader_development')
        and plan_state != 'dropped'

),

time_records as (

    select * from {{ ref('fct_time_record') }}

),

talks as (

    select * from {{ ref('fct_coaching') }}
    where coaching_kind = 'one_to_one'

),

tests as (

    select * from {{ ref('fct_skill_test') }}

),

assessments as (

    select
        id as team_id,
        month as month_start,
        state, -- noqa: RF04
        total
    from {{ ref('fct_assessment') }}
    where person_kind = 'team'

),

settings as (

    select new_leader_days from {{ ref('stg_centre_setting') }}

),

dated as (

    select
        leader_days.*,
        cast(date_trunc('month', leader_days.agent_date) as date) as month_start,
        agents.role,
        agents.home_team_id,
        min(leader_days.agent_date) over (partition by leader_days.agent_id) as first_leader_date
    from leader_days
    left join agents
        on
            leader_days.agent_id = agents.agent_id
            and leader_days.agent_date = agents.agent_date

),

led_months as (

    select
        agent_id,
        month_start,
        max(agent_date) as last_date,
        max_by(role, agent_date) as role,  -- noqa: RF04
        max_by(home_team_id, agent_date) as team_id,
        min(first_leader_date) as leads_from,
        sum(leader_months_due) as meetings_due,
        sum(leader_months_met) as meetings_held
    from dated
    group by agent_id, month_start

),

-- Of several plans of one month the one that began last is his.
planned as (

    select
        led_months.agent_id,
        led_months.month_start,
        plans.plan_id,
        plans.plan_kind,
        plans.plan_state,
        plans.starts_on,
        plans.due_on,
        plans.closed_on,
        plans.criteria_document_id,
        plans.days_late
    from led_months
    inner join plans
        on
            led_months.agent_id = if(plans.subject_kind = 'person', plans.subject_id, plans.owner_id)
            and led_months.last_date >= plans.starts_on
            and led_months.month_start <= coalesce(plans.closed_on, date '9999-12-31')
    qualify
        row_number() over (
            partition by led_months.agent_id, led_months.month_start
            order by plans.starts_on desc, plans.plan_id asc
        ) = 1

),

worked as (

    select
        agent_id,
        cast(date_trunc('month', worked_on) as date) as month_start,
        sum(training_minutes) as training_minutes,
        sum(manager_minutes) as manager_minutes,
        sum(firefighting_minutes) as firefighting_minutes
    from time_records
    group by agent_id, month_start

),

talked_with as (

    select
        coached_agent_id as agent_id,
        cast(date_trunc('month', coaching_date) as date) as month_start,
        count(*) as one_to_one_talks
    from talks
    group by coached_agent_id, month_start

),

-- A test counts once, whatever its items; one of which nobody says whether it was passed is taken and not passed.
tested as (

    select
        agent_id,
        cast(date_trunc('month', taken_on) as date) as month_start,
        count(distinct skill_test_id) as tests_taken,
        count(distinct skill_test_id) filter (is_test_passed) as tests_passed
    from tests
    group by agent_id, month_start

)

select
    led_months.agent_id as leader_id,
    led_months.month_start,
    led_months.role,
    led_months.team_id,
    led_months.leads_from,
    led_months.last_date < led_months.leads_from + settings.new_leader_days as is_new,
    planned.plan_id,
    planned.plan_kind,
    planned.plan_state,
    planned.starts_on as plan_starts_on,
    planned.due_on as plan_due_on,
    planned.closed_on as plan_closed_on,
    planned.criteria_document_id,
    cast(coalesce(planned.days_late, 0) as bigint) as days_late,
    cast(led_months.meetings_due as bigint) as meetings_due,
    cast(led_months.meetings_held as bigint) as meetings_held,
    cast(sum(led_months.meetings_due) over of_plan as bigint) as plan_meetings_due,
    cast(sum(led_months.meetings_held) over of_plan as bigint) as plan_meetings_held,
    cast(coalesce(worked.training_minutes, 0) as bigint) as training_minutes,
    cast(coalesce(worked.manager_minutes, 0) as bigint) as manager_minutes,
    cast(coalesce(worked.firefighting_minutes, 0) as bigint) as firefighting_minutes,
    coalesce(talked_with.one_to_one_talks, 0) as one_to_one_talks,
    coalesce(tested.tests_taken, 0) as tests_taken,
    coalesce(tested.tests_passed, 0) as tests_passed,
    assessments.state as team_state,
    assessments.total as team_total
from led_months
cross join settings
left join planned
    on
        led_months.agent_id = planned.agent_id
        and led_months.month_start = planned.month_start
left join worked
    on
        led_months.agent_id = worked.agent_id
        and led_months.month_start = worked.month_start
left join talked_with
    on
        led_months.agent_id = talked_with.agent_id
        and led_months.month_start = talked_with.month_start
left join tested
    on
        led_months.agent_id = tested.agent_id
        and led_months.month_start = tested.month_start
left join assessments
    on
        led_months.team_id = assessments.team_id
        and led_months.month_start = assessments.month_start
window of_plan as (partition by led_months.agent_id, planned.plan_id order by led_months.month_start)
