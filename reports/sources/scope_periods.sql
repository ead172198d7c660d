-- The periods of each kind in order: the arrays of a scope count their places in them.
select distinct
    period_end <= $closed_until::date as is_closed,
    period_kind,
    period_start,
    period_end
from scorecard.fct_kpi_value
where scope_kind = 'centre'
    and (period_end > $first_day::date or (period_kind != 'day' and not starts_with(period_kind, 'trailing')))
order by is_closed, period_kind, period_start
