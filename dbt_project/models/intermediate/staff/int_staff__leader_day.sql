{{ config(materialized='ephemeral') }}

-- One row per leader and local date of his employment: whether a plan for his beginning or his growth held on it,
-- and on the last date of a month in which one held on every date, whether his progress was talked about in that
-- month.
with

staff_days as (

    select * from {{ ref('int_staff__day') }}

),

plans as (

    select * from {{ ref('stg_plans') }}
    where plan_kind in ('leader_onboarding', 'leader_development')

),

meetings as (

    select * from {{ ref('stg_meetings') }}
    where meeting_kind = 'progress'

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

leader_days as (

    select
        agent_id,
        agent_date
    from staff_days
    where
        is_employed
        and role in ('leader', 'supervisor', 'duty_manager')

),

-- A plan that was dropped held until then; if nobody says when, never.
held as (

    select
        case
            when plans.subject_kind = 'person' then plans.subject_id
            when plans.scope_kind = 'agent' then plans.scope_id
            else plans.owner_id
        end as agent_id,
        plans.starts_on,
        coalesce(plans.closed_on, if(plans.plan_state = 'dropped', plans.starts_on - 1, as_of.as_of_date)) as ends_on
    from plans
    cross join as_of

),

planned_days as (

    select distinct
        leader_days.agent_id,
        leader_days.agent_date
    from leader_days
    inner join held
        on
            leader_days.agent_id = held.agent_id
            and leader_days.agent_date between held.starts_on and held.ends_on

),

met_months as (

    select distinct
        coalesce(accounts.agent_id, meetings.leader_id) as agent_id,
        date_trunc('month', timezone(settings.time_zone, meetings.held_at)) as met_in
    from meetings
    cross join settings
    cross join as_of
    asof left join accounts
        on
            meetings.source_id = accounts.source_id
            and meetings.leader_id = accounts.account
            and meetings.held_at >= accounts.mapped_from
    where meetings.held_at <= as_of.as_of

),

planned_months as (

    select
        agent_id,
        last_day(agent_date) as month_ends_on
    from planned_days
    group by agent_id, last_day(agent_date)
    having count(*) = day(last_day(agent_date))

)

select
    leader_days.agent_id,
    leader_days.agent_date,
    1 as leader_days,
    cast(planned_days.agent_id is not null as integer) as leader_days_with_plan,
    cast(planned_months.agent_id is not null as integer) as leader_months_due,
    cast(planned_months.agent_id is not null and met_months.agent_id is not null as integer) as leader_months_met
from leader_days
left join planned_days
    on
        leader_days.agent_id = planned_days.agent_id
        and leader_days.agent_date = planned_days.agent_date
left join planned_months
    on
        leader_days.agent_id = planned_months.agent_id
        and leader_days.agent_date = planned_months.month_ends_on
left join met_months
    on
        leader_days.agent_id = met_months.agent_id
        and date_trunc('month', leader_days.agent_date) = met_months.met_in
