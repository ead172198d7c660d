-- One KPI over all scopes, ranked by the unpleasant bound of the interval: wide scopes in all periods, teams in months and
-- longer, and everybody in what ended after $first_day.
-- Values are looked at again to be compared, which is cheaper than keeping them.
with kept as not materialized (
    select *
    from scorecard.fct_kpi_value
    where ($kpi_id is null or kpi_id = $kpi_id)
        and (period_kind in ('week', 'month', 'quarter', 'year') or (period_kind = 'trailing_28' and scope_kind != 'centre'))
        and (
            scope_kind in ('centre', 'channel', 'queue')
            or (scope_kind = 'team' and period_kind != 'week')
            or period_end > $first_day::date
        )
),

compared as (
    select
        kept.*,
        earlier.value as previous_value,
        case
            when kept.status in ('no_data', 'insufficient_sample') then null
            when kpi.direction = 'higher' or kpi.pleasant_side = 'high' then -coalesce(kept.ci_lower, kept.value)
            else coalesce(kept.ci_upper, kept.value)
        end as worse_bound
    from kept
    inner join scorecard.dim_kpi as kpi on kept.kpi_id = kpi.kpi_id
    -- The period before ended where this one starts, at most a year before it ended itself.
    left join kept as earlier
        on kept.kpi_id = earlier.kpi_id
        and kept.scope_kind = earlier.scope_kind
        and kept.scope_id = earlier.scope_id
        and kept.period_kind = earlier.period_kind
        and kept.period_start = earlier.period_end
        and earlier.period_kind in ('week', 'month', 'quarter', 'year')
        and ($ranked_since is null or earlier.period_end > $ranked_since::date - 366)
    where $ranked_since is null or kept.period_end > $ranked_since::date
)

select
    kpi_id,
    scope_kind,
    scope_id,
    period_kind,
    period_start,
    value,
    n,
    ci_lower,
    ci_upper,
    lower_bound,
    upper_bound,
    status,
    verdict,
    evidence,
    reason,
    is_provisional,
    case
        when worse_bound is not null then rank() over (
            partition by kpi_id, scope_kind, period_kind, period_start
            order by worse_bound nulls last
        )
    end as rank,
    previous_value,
    value - previous_value as change
from compared
where status != 'no_data' or scope_kind != 'agent'
order by kpi_id, period_kind, period_start, scope_kind, rank, scope_id
