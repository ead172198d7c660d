with

parts as (

    select * from {{ ref('fct_quality_index_part') }}

)

select
    scope_kind,
    scope_id,
    any_value(scope_name) as scope_name,
    period_kind,
    period_start,
    any_value(period_end) as period_end,
    sum(points)::decimal(18, 6) as quality_index,
    any_value(index_state) as index_state,
    any_value(measured_weight) as measured_weight,
    count(*) as components,
    count(*) filter (is_measured) as components_measured,
    coalesce(list(kpi_id order by position) filter (not is_measured), []) as unmeasured_kpis,
    bool_or(is_provisional) as is_provisional,
    any_value(policy_version) as policy_version
from parts
group by scope_kind, scope_id, period_kind, period_start
order by scope_kind, scope_id, period_kind, period_start
