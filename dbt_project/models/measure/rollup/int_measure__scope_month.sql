-- One row per KPI group, scope and month: every additive measure summed from its days, to sum longer periods from.
with

days as (

    select * from {{ ref('int_measure__scope_day') }}
    where {{ on_changed_months('scope_date') }}

)

select
    kpi_group,
    scope_kind,
    scope_id,
    date_trunc('month', scope_date)::date as month_start,
    {{ each_measure('sum({})::decimal(18, 4) as {}') }},
    -- Squares outgrow what their roots fit into.
    {{ each_measure('sum({})::decimal(38, 8) as {}', squares=true) }}
from days
group by kpi_group, scope_kind, scope_id, date_trunc('month', scope_date)
