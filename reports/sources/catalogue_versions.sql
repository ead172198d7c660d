-- Stretches of closed periods whose values an earlier formula of their KPI made, and what that one said.
select
    kpi_values.kpi_id,
    kpi_values.period_kind,
    kpi_values.formula_version,
    min(kpi_values.period_start) as first_start,
    max(kpi_values.period_start) as last_start,
    any_value(versions.formula_en) as formula_en,
    any_value(versions.formula_zh) as formula_zh
from scorecard.fct_kpi_value as kpi_values
inner join scorecard.dim_kpi as kpi on kpi_values.kpi_id = kpi.kpi_id
left join scorecard.dim_kpi_version as versions
    on kpi_values.kpi_id = versions.kpi_id and kpi_values.formula_version = versions.formula_version
where kpi_values.formula_version != kpi.formula_version
group by kpi_values.kpi_id, kpi_values.period_kind, kpi_values.formula_version
order by kpi_values.kpi_id, kpi_values.period_kind, first_start
