{{ config(materialized='view') }}

with

kpi_values as (

    select * from {{ ref('fct_kpi_value') }}

),

kpis as (

    select * from {{ ref('dim_kpi') }}

)

select
    kpi_values.scope_kind,
    kpi_values.scope_id,
    kpi_values.scope_name,
    kpi_values.period_kind,
    kpi_values.period_start,
    kpi_values.period_end,
    kpis.kpi_group,
    kpis.kpi_number,
    kpi_values.kpi_id,
    kpis.name_en,
    kpis.name_zh,
    kpis.unit,
    kpi_values.value,
    kpi_values.lower_bound,
    kpi_values.upper_bound,
    kpi_values.status,
    kpi_values.verdict,
    kpi_values.evidence,
    kpi_values.reason,
    kpi_values.is_provisional,
    kpi_values.n,
    kpi_values.ci_lower,
    kpi_values.ci_upper,
    kpi_values.p50,
    kpi_values.p90,
    kpi_values.raw_value,
    kpis.reference_value,
    kpis.reference_kind,
    kpis.display_order
from kpi_values
inner join kpis
    on kpi_values.kpi_id = kpis.kpi_id
