-- The periods of each kind, in order: a series counts its places in them.
select period_kind, list(period_start order by period_start) as starts
from (
    select distinct period_kind, period_start
    from scorecard.fct_kpi_value
    where scope_kind = 'centre' and (period_kind != 'day' or period_start >= $first_day::date)
) as periods
group by period_kind
order by period_kind
