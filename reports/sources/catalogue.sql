select * from scorecard.dim_kpi order by display_order, kpi_id
