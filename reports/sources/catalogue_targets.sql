select * from scorecard.dim_kpi_target order by kpi_id, scope_kind, scope_id, target_id
