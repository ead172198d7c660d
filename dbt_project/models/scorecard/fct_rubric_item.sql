with

scored as (

    select * from {{ ref('int_measure__scored_item') }}

),

agent_teams as (

    select * from {{ ref('bridge_agent_team_day') }}

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

scoped as (

    {{ in_centre_and_teams('scored') }}

),

counted as (

    select
        scoped.scope_kind,
        scoped.scope_id,
        periods.period_kind,
        periods.period_start,
        periods.period_end,
        scoped.item,
        count(*) as applicable,
        count(*) filter (scoped.score >= scoped.max_score) as in_full,
        -- Decimals add up to the same in whatever order they come: doubles would not, and items change places.
        sum((scoped.score::double / scoped.max_score::double)::decimal(18, 12))::double / count(*) as mean_share,
        count(distinct scoped.agent_id) as agents
    from scoped
    inner join period_days on scoped.review_date = period_days.period_date
    inner join periods
        on
            period_days.period_kind = periods.period_kind
            and period_days.period_start = periods.period_start
    group by all

),

-- Against the period before of the same kind, if the item was scored in it.
compared as (

    select
        counted.*,
        earlier.mean_share as mean_share_before
    from counted
    left join counted as earlier
        on
            counted.scope_kind = earlier.scope_kind
            and counted.scope_id = earlier.scope_id
            and counted.period_kind = earlier.period_kind
            and counted.item = earlier.item
            and counted.period_start = earlier.period_end

)

select
    scope_kind,
    scope_id,
    period_kind,
    period_start,
    period_end,
    item,
    applicable,
    in_full,
    in_full / applicable as full_rate,
    mean_share,
    mean_share_before,
    mean_share - mean_share_before as trend,
    agents,
    row_number() over (
        partition by scope_kind, scope_id, period_kind, period_start
        order by mean_share asc, applicable desc, item asc
    ) as position,  -- noqa: RF04
    applicable >= 30 as is_enough
from compared
order by
    scope_kind,
    scope_id,
    period_kind,
    period_start,
    position
