-- For an analyst's own page: months and longer of every scope, weeks of the wide scopes. The published file has all.
select
    kpi_id, scope_kind, scope_id, scope_name, period_kind, period_start, period_end, numerator, denominator, n, value,
    lower_bound, upper_bound, status, verdict
from scorecard.fct_kpi_value
where status != 'no_data'
    and (
        (period_kind in ('month', 'quarter', 'year') and (scope_kind != 'agent' or period_end > $first_day::date))
        or (period_kind = 'week' and scope_kind in ('centre', 'channel', 'queue', 'team'))
    )
order by kpi_id, scope_kind, scope_id, period_kind, period_start
