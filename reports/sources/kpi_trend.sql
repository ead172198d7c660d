-- One KPI of the centre in all its periods.
select
    kpi_id, scope_kind, scope_id, period_kind, period_start, value, n, ci_lower, ci_upper, lower_bound, upper_bound, status, verdict,
    evidence, is_provisional
from scorecard.fct_kpi_value
where ($kpi_id is null or kpi_id = $kpi_id)
    and scope_kind = 'centre'
    and (period_kind in ('week', 'month', 'quarter', 'year') or (period_kind = 'trailing_28' and period_end > $first_day::date))
order by kpi_id, period_kind, period_start
