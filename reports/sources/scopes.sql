-- Every scope, with how many of its KPIs are out of band in the period that the pages open with: the last whole month, or,
-- while there are fewer than three of them to see a trend in, the last whole week, or the last whole day.
with covered as (
    select min(first_date) as first_day, max(last_date) as last_day
    from scorecard.dim_scope
),

whole as (
    select kpi_value.period_kind, kpi_value.period_start
    from scorecard.fct_kpi_value as kpi_value
    cross join covered
    where kpi_value.period_kind in ('week', 'month')
        and kpi_value.period_start >= covered.first_day
        and kpi_value.period_end <= covered.last_day
    group by kpi_value.period_kind, kpi_value.period_start
),

opening as (
    select
        case
            when count(*) filter (whole.period_kind = 'month') >= 3 then 'month'
            when count(*) filter (whole.period_kind = 'week') >= 2 then 'week'
            else 'day'
        end as period_kind
    from whole
),

counted_period as (
    select
        opening.period_kind,
        coalesce(max(whole.period_start), any_value(greatest(covered.first_day, covered.last_day - 1))) as period_start
    from opening
    cross join covered
    left join whole on opening.period_kind = whole.period_kind
    group by opening.period_kind
),

counted as (
    select
        kpi_value.scope_kind,
        kpi_value.scope_id,
        count(*) filter (kpi_value.verdict in ('bad', 'watch', 'too_good')) as out_of_band_count,
        count(*) filter (kpi_value.verdict = 'bad') as bad_count
    from scorecard.fct_kpi_value as kpi_value
    inner join counted_period
        on kpi_value.period_kind = counted_period.period_kind
        and kpi_value.period_start = counted_period.period_start
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
    counted_period.period_kind as counted_kind,
    counted_period.period_start as counted_start,
    coalesce(counted.out_of_band_count, 0) as out_of_band_count,
    coalesce(counted.bad_count, 0) as bad_count
from scorecard.dim_scope as scope
cross join counted_period
left join counted on scope.scope_kind = counted.scope_kind and scope.scope_id = counted.scope_id
where ($scope_kind is null or scope.scope_kind = $scope_kind)
    and ($scope_id is null or scope.scope_id = $scope_id)
order by scope.scope_kind, scope.scope_id
