-- A share of records never exceeds its records: participation, connects, transfers and the like, raw and adjusted.
select
    fct_kpi_value.kpi_id,
    fct_kpi_value.scope_kind,
    fct_kpi_value.scope_id,
    fct_kpi_value.period_kind,
    fct_kpi_value.period_start,
    fct_kpi_value.numerator,
    fct_kpi_value.denominator
from {{ reckoned_values() }} as fct_kpi_value
inner join {{ ref('dim_kpi') }} as dim_kpi
    on fct_kpi_value.kpi_id = dim_kpi.kpi_id
where
    (dim_kpi.interval_kind = 'wilson' or dim_kpi.kpi_id like 'rating_participation%')
    and (
        fct_kpi_value.numerator < 0
        or fct_kpi_value.numerator > fct_kpi_value.denominator
        or fct_kpi_value.raw_numerator > fct_kpi_value.raw_denominator
    )
