select kpi_id, side, position, text_en, text_zh from scorecard.dim_kpi_action order by kpi_id, side, position
