{{ config(materialized='view') }}

-- One row per KPI group, scope and period with all measures as one list, in the order of the columns, and the
-- sums of squares as another: they are far larger numbers, and would make all the others as wide.
select
    kpi_group,
    scope_kind,
    scope_id,
    period_kind,
    period_start,
    list_value(*columns(
        c -> not contains(c, '_squared')
        and c not in ('kpi_group', 'scope_kind', 'scope_id', 'period_kind', 'period_start')
    )) as amounts,
    list_value(*columns('_squared')) as squares
from {{ ref('int_measure__scope_measure') }}
