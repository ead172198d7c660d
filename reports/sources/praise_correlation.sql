-- Whether agents who are praised more are rated better too, by period: of fewer than twenty nothing is said.
select kpi_id, period_kind, period_start, agents, is_enough, correlation
from scorecard.fct_praise_correlation
order by period_kind, period_start, kpi_id
