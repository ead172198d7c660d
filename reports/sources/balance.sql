-- Efficiency, customers and staff of the centre and each team, month by month and quarter by quarter: six KPIs, whether the last
-- three periods of each were better than the three before, and whether the three together ask for a look.
select
    scope_kind, scope_id, period_kind, period_start, kpi_id, value, n, recent_value, recent_n, past_value, past_n, direction,
    is_provisional, is_vicious_circle
from scorecard.fct_balance
qualify dense_rank() over (partition by period_kind order by period_start desc) <= 13
order by period_kind, period_start desc, scope_kind, scope_id, position
