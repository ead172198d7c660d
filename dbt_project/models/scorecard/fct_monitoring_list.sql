with

sessions as (

    select * from {{ ref('fct_monitoring_session') }}
    where
        monitoring_sessions > 0
        and agent_id is not null

),

-- Made in good faith, an error stands on no list of persons.
errors as (

    select * from {{ ref('fct_check_error') }}
    where
        error_class = 'severe'
        and review_errors > 0
        and not is_good_faith
        and agent_id is not null

),

agent_teams as (

    select * from {{ ref('bridge_agent_team_day') }}

),

settings as (

    select monitoring_best_sessions from {{ ref('stg_centre_setting') }}

),

periods as (

    select
        period_kind,
        period_start,
        period_end
    from {{ ref('int_measure__period') }}
    where
        period_kind in ('month', 'quarter')
        or (period_kind = 'trailing_28' and is_latest)

),

period_days as (

    select
        period_kind,
        period_start,
        period_date
    from {{ ref('int_measure__period_day') }}

),

seen as (

    select
        agent_id,
        agent_date,
        session_date as seen_on,
        session_id,
        monitor_level,
        conclusion
    from sessions
    union all by name
    select
        agent_id,
        agent_date,
        error_date as seen_on,
        error_id
    from errors
    -- Nobody stands on a list of listening where nobody listens.
    where error_date >= (select min(sessions.session_date) from sessions)

),

scoped as (

    {{ in_centre_and_teams('seen') }}

),

counted as (

    select
        scoped.scope_kind,
        scoped.scope_id,
        periods.period_kind,
        periods.period_start,
        periods.period_end,
        scoped.agent_id,
        count(scoped.session_id) as sessions,
        count(*) filter (scoped.monitor_level = 'director') as by_director,
        count(*) filter (scoped.monitor_level = 'duty_manager') as by_duty_manager,
        count(*) filter (scoped.monitor_level = 'supervisor') as by_supervisor,
        count(*) filter (scoped.monitor_level = 'team_leader') as by_team_leader,
        count(*) filter (scoped.conclusion = 'excellent') as excellent,
        count(*) filter (scoped.conclusion = 'ordinary') as ordinary,
        count(*) filter (scoped.conclusion = 'needs_training') as needing_training,
        count(*) filter (scoped.conclusion = 'excellent' and scoped.monitor_level != 'team_leader') as excellent_above,
        count(scoped.error_id) as severe_errors,
        max(if(scoped.session_id is null, null, scoped.seen_on)) as last_heard_on,
        max_by(scoped.conclusion, (scoped.seen_on, scoped.session_id)) as last_conclusion,
        coalesce(
            list(scoped.session_id order by scoped.seen_on desc, scoped.session_id asc)
            filter (scoped.session_id is not null),
            []
        ) as session_ids
    from scoped
    inner join period_days on scoped.seen_on = period_days.period_date
    inner join periods
        on
            period_days.period_kind = periods.period_kind
            and period_days.period_start = periods.period_start
    group by all

)

select
    counted.scope_kind,
    counted.scope_id,
    counted.period_kind,
    counted.period_start,
    counted.period_end,
    counted.agent_id,
    counted.sessions,
    counted.by_director,
    counted.by_duty_manager,
    counted.by_supervisor,
    counted.by_team_leader,
    counted.excellent,
    counted.ordinary,
    counted.needing_training,
    counted.severe_errors,
    counted.last_heard_on,
    counted.last_conclusion,
    case
        when counted.needing_training > 0 or counted.severe_errors > 0 then 'needs_training'
        when
            counted.excellent + counted.ordinary >= settings.monitoring_best_sessions
            and counted.excellent_above > 0
            then 'best'
    end as monitoring_list,
    counted.session_ids
from counted
cross join settings
order by
    counted.scope_kind,
    counted.scope_id,
    counted.period_kind,
    counted.period_start,
    counted.agent_id
