-- Every scope, with how many of its KPIs are out of band in its last full month.
with as_of as (
    select max(period_end) as ends
    from scorecard.fct_kpi_value
    where scope_kind = 'centre' and period_kind = 'day'
),

latest as (
    select scope_kind, scope_id, max(period_start) as period_start
    from scorecard.fct_kpi_value
    cross join as_of
    where period_kind = 'month' and period_end <= as_of.ends
    group by scope_kind, scope_id
),

counted as (
    select
        kpi_value.scope_kind,
        kpi_value.scope_id,
        count(*) filter (kpi_value.status in ('below_band', 'above_band')) as out_of_band_count,
        count(*) filter (kpi_value.verdict = 'bad') as bad_count
    from scorecard.fct_kpi_value as kpi_value
    inner join latest
        on kpi_value.scope_kind = latest.scope_kind
        and kpi_value.scope_id = latest.scope_id
        and kpi_value.period_start = latest.period_start
    where kpi_value.period_kind = 'month'
    group by kpi_value.scope_kind, kpi_value.scope_id
)

select
    scope.scope_kind,
    scope.scope_id,
    scope.scope_name,
    scope.parent_scope_kind,
    scope.parent_scope_id,
    scope.team_id,
    scope.channel,
    scope.segment,
    scope.tenure_band,
    scope.is_active,
    scope.first_date,
    scope.last_date,
    coalesce(counted.out_of_band_count, 0) as out_of_band_count,
    coalesce(counted.bad_count, 0) as bad_count
from scorecard.dim_scope as scope
left join counted on scope.scope_kind = counted.scope_kind and scope.scope_id = counted.scope_id
where ($scope_kind is null or scope.scope_kind = $scope_kind)
    and ($scope_id is null or scope.scope_id = $scope_id)
order by scope.scope_kind, scope.scope_id
