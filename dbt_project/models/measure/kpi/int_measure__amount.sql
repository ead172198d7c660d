{{ config(materialized='view') }}

-- One row per KPI group, scope and period with all measures as one list, in the order of the catalogue, and the
-- sums of squares as another: they are far larger numbers, and would make all the others as wide.
select
    kpi_group,
    scope_kind,
    scope_id,
    period_kind,
    period_start,
    [
        {{ each_measure('{}', rollup=none) }}
    ] as amounts,
    [
        {{ each_measure('{}', squares=true) }}
    ] as squares
from {{ ref('int_measure__scope_measure') }}
