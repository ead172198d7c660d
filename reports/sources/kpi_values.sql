-- One KPI over all scopes, ranked by the unpleasant bound of the interval. Wide scopes in all periods, agents and
-- teams by channel in those of the last weeks.
with chosen as (
    select *
    from scorecard.fct_kpi_value
    where ($kpi_id is null or kpi_id = $kpi_id)
        and period_kind in ('week', 'month', 'quarter', 'year', 'trailing_28')
        and (scope_kind in ('centre', 'channel', 'queue', 'team') or period_end > $first_day::date)
),

compared as (
    select
        chosen.*,
        lag(chosen.value) over (
            partition by chosen.scope_kind, chosen.scope_id, chosen.kpi_id, chosen.period_kind
            order by chosen.period_start
        ) as previous_value,
        case
            when chosen.status in ('no_data', 'insufficient_sample') then null
            when kpi.direction = 'higher' or kpi.pleasant_side = 'high' then -coalesce(chosen.ci_lower, chosen.value)
            else coalesce(chosen.ci_upper, chosen.value)
        end as worse_bound
    from chosen
    inner join scorecard.dim_kpi as kpi on chosen.kpi_id = kpi.kpi_id
)

select
    kpi_id,
    scope_kind,
    scope_id,
    scope_name,
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
order by kpi_id, scope_kind, period_kind, period_start, rank, scope_id
