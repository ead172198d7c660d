{{ config(materialized='view') }}

-- One row per KPI group, scope and period with all measures as one list, in the order of the columns.
select
    kpi_group,
    scope_kind,
    scope_id,
    period_kind,
    period_start,
    list_value(*columns(* exclude (kpi_group, scope_kind, scope_id, period_kind, period_start))) as amounts
from {{ ref('int_measure__scope_measure') }}
