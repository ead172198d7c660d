-- The quality index in its parts: of each KPI that the policy names its value, where that lies on the curve, and its
-- points. What is not measured leaves its weight to the others, where the policy says so.
with

versions as (

    {{ policy_stretches('quality_index') }}

),

indexes as (

    select * from {{ ref('stg_policy_indexes') }}

),

components as (

    select * from {{ ref('stg_policy_components') }}
    where section = 'quality_index'

),

kpi_values as (

    select kpi_values.*
    from {{ ref('fct_kpi_value') }} as kpi_values
    semi join components on kpi_values.kpi_id = components.kpi_id
    where
        kpi_values.scope_kind in ('agent', 'team', 'centre')
        and kpi_values.period_kind in ('month', 'quarter')

),

scopes as (

    select distinct
        scope_kind,
        scope_id,
        scope_name,
        period_kind,
        period_start,
        period_end
    from kpi_values

),

-- The version of a period is the one of its first month; by an incomplete one nothing is computed.
indexed as (

    select
        scopes.*,
        versions.version,
        indexes.unmeasured_rule,
        indexes.min_weight
    from scopes
    inner join versions
        on
            scopes.period_start >= versions.valid_from
            and scopes.period_start < versions.valid_to
    inner join indexes on versions.version = indexes.version
    where versions.is_complete

),

valued as (

    select
        indexed.*,
        components.position,
        components.kpi_id,
        components.weight,
        components.zero_low,
        components.full_low,
        components.full_high,
        components.zero_high,
        kpi_values.value,
        kpi_values.n,
        kpi_values.status,
        coalesce(kpi_values.reason, if(kpi_values.kpi_id is null, 'not_applicable', null)) as reason,
        coalesce(kpi_values.is_provisional, false) as is_provisional,
        kpi_values.formula_version,
        coalesce(
            kpi_values.value is not null and kpi_values.status not in ('no_data', 'insufficient_sample'), false
        ) as is_measured
    from indexed
    inner join components on indexed.version = components.version
    left join kpi_values
        on
            components.kpi_id = kpi_values.kpi_id
            and indexed.scope_kind = kpi_values.scope_kind
            and indexed.scope_id = kpi_values.scope_id
            and indexed.period_kind = kpi_values.period_kind
            and indexed.period_start = kpi_values.period_start

),

attained as (

    select
        *,
        if(is_measured, {{ attainment('value') }}, null) as attainment,
        coalesce(sum(weight) filter (is_measured) over of_index, 0) as measured_weight,
        sum(weight) over of_index as whole_weight
    from valued
    window of_index as (partition by scope_kind, scope_id, period_kind, period_start)

),

stated as (

    select
        *,
        case
            when measured_weight = whole_weight then 'told'
            when unmeasured_rule = 'hold' then 'held'
            when measured_weight < min_weight or measured_weight = 0 then 'few_weight'
            else 'told'
        end as index_state
    from attained

)

select
    scope_kind,
    scope_id,
    scope_name,
    period_kind,
    period_start,
    period_end,
    position,
    kpi_id,
    value,
    n,
    status,
    reason,
    weight,
    zero_low,
    full_low,
    full_high,
    zero_high,
    is_measured,
    cast(round(attainment, 6) as decimal(18, 6)) as attainment,
    cast(
        if(
            index_state = 'told',
            coalesce(round(weight * attainment * whole_weight / measured_weight, 6), 0),
            null
        ) as decimal(18, 6)
    ) as points,
    cast(measured_weight as decimal(18, 6)) as measured_weight,
    index_state,
    is_provisional,
    formula_version,
    version as policy_version
from stated
order by scope_kind, scope_id, period_kind, period_start, position
