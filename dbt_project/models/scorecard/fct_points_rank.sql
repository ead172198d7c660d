-- Where each agent stands among those of his team, of his tenure and of the centre, by the points of a window: who has
-- as many stands beside him, and the place behind stays empty. Whoever was at work and has no entry stands with none.
with

entries as (

    select * from {{ ref('fct_points_entry') }}

),

versions as (

    {{ policy_stretches('points') }}

),

policies as (

    select * from {{ ref('stg_policy_points') }}

),

periods as (

    select * from {{ ref('int_measure__period') }}
    where period_kind in ('month', 'quarter', 'year')

),

worked_days as (

    select
        agent_id,
        agent_date
    from {{ ref('fct_agent_day') }}
    where agent_days > 0

),

agent_days as (

    select * from {{ ref('dim_agent_day') }}

),

held as (

    select
        versions.version,
        versions.valid_from,
        versions.valid_to,
        policies.points_window,
        policies.names
    from versions
    inner join policies on versions.version = policies.version
    where versions.is_complete

),

windows as (

    select
        periods.period_kind as window_kind,
        periods.period_start as window_start,
        periods.period_end as window_end,
        any_value(periods.is_open) as is_open,
        max_by(held.version, held.valid_from) as policy_version,
        max_by(held.names, held.valid_from) as names  -- noqa: RF04
    from periods
    inner join held
        on
            periods.period_kind = held.points_window
            and periods.period_start < held.valid_to
            and periods.period_end > held.valid_from
    group by periods.period_kind, periods.period_start, periods.period_end

),

-- A day belongs to the window of the version that holds on it.
days as (

    select
        worked_days.agent_id,
        worked_days.agent_date,
        held.points_window as window_kind,
        date_trunc(held.points_window, worked_days.agent_date)::date as window_start
    from worked_days
    inner join held
        on
            worked_days.agent_date >= held.valid_from
            and worked_days.agent_date < held.valid_to
    union all
    select
        agent_id,
        entry_date as agent_date,
        window_kind,
        window_start
    from entries

),

last_days as (

    select
        agent_id,
        window_kind,
        window_start,
        max(agent_date) as last_date
    from days
    group by agent_id, window_kind, window_start

),

collected as (

    select
        agent_id,
        window_kind,
        window_start,
        sum(points) as points,
        count(*) as entries,
        count(*) filter (rule = 'peer_like' and note is null) as likes
    from entries
    group by agent_id, window_kind, window_start

),

-- Team and tenure of a window are those of the last day in it.
members as (

    select
        windows.*,
        agent_days.agent_id,
        agent_days.agent_name,
        agent_days.home_team_id,
        agent_days.tenure_band,
        coalesce(collected.points, 0)::decimal(18, 6) as points,
        coalesce(collected.entries, 0) as entries,
        coalesce(collected.likes, 0) as likes
    from last_days
    inner join windows
        on
            last_days.window_kind = windows.window_kind
            and last_days.window_start = windows.window_start
    inner join agent_days
        on
            last_days.agent_id = agent_days.agent_id
            and last_days.last_date = agent_days.agent_date
    left join collected
        on
            last_days.agent_id = collected.agent_id
            and last_days.window_kind = collected.window_kind
            and last_days.window_start = collected.window_start
    where coalesce(agent_days.role, 'agent') in ('agent', 'trainee')

),

peers as (

    select
        'centre' as peer_kind,
        'centre' as peer_id,
        *
    from members
    union all by name
    select
        'team' as peer_kind,
        home_team_id as peer_id,
        *
    from members
    where home_team_id is not null
    union all by name
    select
        'tenure_band' as peer_kind,
        tenure_band as peer_id,
        *
    from members
    where tenure_band is not null

)

select
    peer_kind,
    peer_id,
    window_kind,
    window_start,
    window_end,
    is_open,
    agent_id,
    agent_name,
    home_team_id,
    points,
    entries,
    likes,
    rank() over of_peers as place,
    count(*) over (partition by peer_kind, peer_id, window_kind, window_start) as people,
    names,
    policy_version
from peers
window of_peers as (partition by peer_kind, peer_id, window_kind, window_start order by points desc)
order by peer_kind, peer_id, window_kind, window_start, place, agent_id
