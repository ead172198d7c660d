-- What stands behind a scope's values: of months and longer periods, and of the days and weeks after $closed_until.
select
    scope_kind,
    scope_id,
    kpi_id,
    period_kind,
    period_start,
    nullif(excluded_n, 0) as excluded_n,
    if(excluded_n > 0 and isfinite(raw_value), raw_value::double, null) as raw_value,
    if(isfinite(p50), p50::double, null) as p50,
    if(isfinite(p90), p90::double, null) as p90,
    if(isfinite(ci_lower), round(ci_lower::double, 8), null) as ci_lower,
    if(isfinite(ci_upper), round(ci_upper::double, 8), null) as ci_upper,
    reason,
    nullif(is_provisional, false) as is_provisional
from scorecard.fct_kpi_value
where (period_end > $closed_until::date or period_kind not in ('day', 'week'))
    and period_end > case
        when period_kind = 'day' then $first_day::date
        when starts_with(period_kind, 'trailing') then $closed_until::date
        else date '1900-01-01'
    end
    and ($is_closed is null or (period_end <= $closed_until::date) = $is_closed)
    and ($scope_kind is null or scope_kind = $scope_kind)
    and ($scope_id is null or scope_id = $scope_id)
order by period_start
