-- The periods of each kind in order: the arrays of a scope count their places in them.
select distinct
    period_end <= $closed_until::date as is_closed,
    period_kind,
    period_start,
    period_end
from scorecard.fct_kpi_value
where scope_kind = 'centre'
    and period_end > case
        when period_kind = 'day' then $first_day::date
        when starts_with(period_kind, 'trailing') then $closed_until::date
        else date '1900-01-01'
    end
order by is_closed, period_kind, period_start
