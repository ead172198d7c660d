{{ config(materialized='view') }}

-- One row per family, scope, period and cause with records that no incident takes out, in the order of a Pareto chart.
with

records as (

    select * from {{ ref('fct_cause_record') }}
    where not is_excluded

),

agent_teams as (

    select * from {{ ref('bridge_agent_team_day') }}

),

-- The month before the first one of which values are made, where records of earlier ones went: what is spent in that
-- first month is held against the vital few before it.
month_before as (

    select
        'month' as period_kind,
        (date_trunc('month', valued_from) - interval 1 month)::date as period_start,
        date_trunc('month', valued_from)::date as period_end
    from {{ ref('int_as_of') }}
    where kept_from is not null

),

periods as (

    select
        period_kind,
        period_start,
        period_end
    from {{ ref('int_measure__period') }}
    where
        period_kind in ('month', 'quarter', 'year')
        or (period_kind = 'trailing_28' and is_latest)
    union all
    select * from month_before

),

period_days as (

    select
        period_kind,
        period_start,
        period_date
    from {{ ref('int_measure__period_day') }}
    union all
    select
        period_kind,
        period_start,
        unnest(range(period_start::timestamp, period_end::timestamp, interval 1 day))::date as period_date
    from month_before

),

settings as (

    select pareto_share from {{ ref('stg_centre_setting') }}

),

scoped as (

    select
        'centre' as scope_kind,
        'centre' as scope_id,
        family,
        cause,
        scope_date,
        agent_id
    from records
    union all by name
    select
        'channel' as scope_kind,
        channel as scope_id,
        family,
        cause,
        scope_date,
        agent_id
    from records
    where channel is not null
    union all by name
    select
        'team' as scope_kind,
        agent_teams.team_id as scope_id,
        records.family,
        records.cause,
        records.scope_date,
        records.agent_id
    from records
    inner join agent_teams
        on
            records.agent_id = agent_teams.agent_id
            and records.agent_date = agent_teams.agent_date

),

counted as (

    select
        scoped.family,
        scoped.scope_kind,
        scoped.scope_id,
        periods.period_kind,
        periods.period_start,
        periods.period_end,
        scoped.cause,
        starts_with(scoped.cause, 'other') as is_other,
        count(*) as events,
        count(distinct scoped.agent_id) as people
    from scoped
    inner join period_days on scoped.scope_date = period_days.period_date
    inner join periods
        on
            period_days.period_kind = periods.period_kind
            and period_days.period_start = periods.period_start
    group by all

),

-- Of several causes called other, all come last.
lined_up as (

    select
        *,
        sum(events) over of_scope as total,
        sum(events) over so_far as cumulative,
        row_number() over so_far as position  -- noqa: RF04
    from counted
    window
        of_scope as (partition by family, scope_kind, scope_id, period_kind, period_start),
        so_far as (
            partition by family, scope_kind, scope_id, period_kind, period_start
            order by is_other asc, events desc, cause asc
            rows between unbounded preceding and current row
        )

),

-- The last of the vital few is the first cause with which the share is reached, told in exact numbers.
cut as (

    select
        lined_up.*,
        max(lined_up.events) filter (
            not lined_up.is_other and lined_up.cumulative >= lined_up.total * settings.pareto_share
        ) over of_scope as last_events
    from lined_up
    cross join settings
    window of_scope as (partition by family, scope_kind, scope_id, period_kind, period_start)

)

-- Who has as many events as the last of them is one of them too. If all named causes stay below the share, all are.
select
    family,
    scope_kind,
    scope_id,
    period_kind,
    period_start,
    period_end,
    cause,
    events,
    total::bigint as total,
    events / total as share,  -- noqa: RF04
    cumulative / total as cumulative_share,
    position,
    is_other,
    not is_other and coalesce(events >= last_events, true) as is_vital_few,
    not is_other
    and coalesce(events = last_events, false)
    and count(*) filter (not is_other) over (
        partition by family, scope_kind, scope_id, period_kind, period_start, events
    ) > 1 as is_tied,
    last_events is null as is_other_too_large,
    people,
    total >= 30 as is_enough
from cut
