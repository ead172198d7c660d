-- Every band, with the window that it was set from and what the KPI was then.
select
    target.*,
    baseline.numerator as baseline_numerator,
    baseline.denominator as baseline_denominator,
    baseline.value as baseline_value
from scorecard.dim_kpi_target as target
left join scorecard.fct_target_baseline as baseline on target.target_id = baseline.target_id
order by target.kpi_id, target.scope_kind, target.scope_id, target.target_id
