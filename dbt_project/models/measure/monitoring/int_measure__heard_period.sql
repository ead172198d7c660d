-- One row per team or centre and period: agents at work, and those of them whom managers listened to, by level and by
-- all four; none where nobody listens. Somebody counts in a period if the last time before its end is not before its
-- beginning: so no day is looked at more than once, however many periods it lies in.
with

agent_days as (

    select * from {{ ref('fct_agent_day') }}
    where agent_days > 0

),

agents as (

    select * from {{ ref('dim_agent_day') }}
    where coalesce(role, 'agent') in ('agent', 'trainee')

),

agent_teams as (

    select * from {{ ref('bridge_agent_team_day') }}

),

sessions as (

    select * from {{ ref('fct_monitoring_session') }}
    where
        monitoring_sessions > 0
        and agent_id is not null

),

periods as (

    select * from {{ ref('int_measure__period') }}
    where period_kind in ('month', 'quarter', 'year', 'all', 'trailing_28', 'trailing_365')

),

begun as (

    select min(session_date) as begun_on
    from sessions

),

worked as (

    select
        agent_days.agent_id,
        agent_days.agent_date
    from agent_days
    semi join agents
        on
            agent_days.agent_id = agents.agent_id
            and agent_days.agent_date = agents.agent_date
    where (select begun.begun_on from begun) is not null

),

happened as (

    select
        agent_id,
        agent_date,
        agent_date as worked_on
    from worked
    union all by name
    select
        agent_id,
        session_date as agent_date,
        if(monitor_level = 'director', session_date, null) as heard_by_director_on,
        if(monitor_level = 'duty_manager', session_date, null) as heard_by_duty_manager_on,
        if(monitor_level = 'supervisor', session_date, null) as heard_by_supervisor_on,
        if(monitor_level = 'team_leader', session_date, null) as heard_by_team_leader_on
    from sessions

),

scoped as (

    {{ in_centre_and_teams('happened') }}

),

by_date as (

    select
        scope_kind,
        scope_id,
        agent_id,
        agent_date,
        max(worked_on) as worked_on,
        max(heard_by_director_on) as heard_by_director_on,
        max(heard_by_duty_manager_on) as heard_by_duty_manager_on,
        max(heard_by_supervisor_on) as heard_by_supervisor_on,
        max(heard_by_team_leader_on) as heard_by_team_leader_on
    from scoped
    group by scope_kind, scope_id, agent_id, agent_date

),

so_far as (

    select
        scope_kind,
        scope_id,
        agent_id,
        agent_date,
        max(worked_on) over until_then as worked_on,
        max(heard_by_director_on) over until_then as heard_by_director_on,
        max(heard_by_duty_manager_on) over until_then as heard_by_duty_manager_on,
        max(heard_by_supervisor_on) over until_then as heard_by_supervisor_on,
        max(heard_by_team_leader_on) over until_then as heard_by_team_leader_on
    from by_date
    window until_then as (partition by scope_kind, scope_id, agent_id order by agent_date)

),

people as (

    select distinct
        scope_kind,
        scope_id,
        agent_id
    from so_far

),

asked as (

    select
        people.scope_kind,
        people.scope_id,
        people.agent_id,
        periods.period_kind,
        periods.period_start,
        periods.last_covered_date
    from people
    inner join periods
        on
            not periods.is_trailing
            or periods.is_latest
            or people.scope_kind = 'centre'
    where periods.last_covered_date >= (select begun.begun_on from begun)

),

told as (

    select
        asked.scope_kind,
        asked.scope_id,
        asked.period_kind,
        asked.period_start,
        coalesce(so_far.heard_by_director_on >= asked.period_start, false) as is_heard_by_director,
        coalesce(so_far.heard_by_duty_manager_on >= asked.period_start, false) as is_heard_by_duty_manager,
        coalesce(so_far.heard_by_supervisor_on >= asked.period_start, false) as is_heard_by_supervisor,
        coalesce(so_far.heard_by_team_leader_on >= asked.period_start, false) as is_heard_by_team_leader
    from asked
    asof inner join so_far
        on
            asked.scope_kind = so_far.scope_kind
            and asked.scope_id = so_far.scope_id
            and asked.agent_id = so_far.agent_id
            and asked.last_covered_date >= so_far.agent_date
    where so_far.worked_on >= asked.period_start

)

select
    '' as kpi_group,
    scope_kind,
    scope_id,
    period_kind,
    period_start,
    count(*)::decimal(18, 4) as active_agents,
    count(*) filter (is_heard_by_director)::decimal(18, 4) as agents_heard_by_director,
    count(*) filter (is_heard_by_duty_manager)::decimal(18, 4) as agents_heard_by_duty_manager,
    count(*) filter (is_heard_by_supervisor)::decimal(18, 4) as agents_heard_by_supervisor,
    count(*) filter (is_heard_by_team_leader)::decimal(18, 4) as agents_heard_by_team_leader,
    count(*) filter (
        is_heard_by_director
        and is_heard_by_duty_manager
        and is_heard_by_supervisor
        and is_heard_by_team_leader
    )::decimal(18, 4) as agents_heard_by_all
from told
group by scope_kind, scope_id, period_kind, period_start
