with

half_hours as (

    select
        scope_kind,
        scope_id,
        scope_date,
        half_hour_started_at,
        [
            {{ each_measure_of_half_hours('{}') }}
        ] as amounts
    from {{ ref('int_measure__half_hour') }}
    where
        scope_date >= (select covered.valued_from from {{ ref('int_as_of') }} as covered)
        and {{ of_touched_days('scope_date') }}

),

measures_in_order as (

    select
        measures.measure,
        measures.position
    from (
        values
        {{ each_measure_of_half_hours("('{}', {position})") }}
    ) as measures (measure, position)  -- noqa: RF04

),

kpis as (

    select * from {{ ref('dim_kpi') }}
    where
        method = 'ratio'
        and scale_kind = 'constant'
        -- What has no days has no part of one either.
        and (period_kinds is null or list_contains(string_split(period_kinds, '|'), 'day'))

),

scope_kpis as (

    select * from {{ ref('int_measure__scope_kpi') }}
    where unmeasured_reason is null

),

-- Only KPIs whose measures are known by the half hour.
positions as (

    select
        kpis.kpi_id,
        kpis.scale,
        kpis.denominator_measure is not null as has_denominator,
        numerators.position as numerator_position,
        denominators.position as denominator_position,
        samples.position as sample_position
    from kpis
    inner join measures_in_order as numerators
        on kpis.numerator_measure = numerators.measure
    left join measures_in_order as denominators
        on kpis.denominator_measure = denominators.measure
    left join measures_in_order as samples
        on kpis.sample_measure = samples.measure
    where
        kpis.denominator_measure is null
        or denominators.position is not null

),

amounts as (

    select
        half_hours.scope_kind,
        half_hours.scope_id,
        half_hours.scope_date,
        half_hours.half_hour_started_at,
        scope_kpis.kpi_id,
        positions.scale,
        positions.has_denominator,
        half_hours.amounts[positions.numerator_position] as numerator,
        half_hours.amounts[positions.denominator_position] as denominator,
        half_hours.amounts[coalesce(positions.sample_position, positions.numerator_position)]::bigint as n
    from half_hours
    inner join scope_kpis
        on
            half_hours.scope_kind = scope_kpis.scope_kind
            and half_hours.scope_id = scope_kpis.scope_id
            and half_hours.scope_date >= scope_kpis.recorded_from
    inner join positions
        on scope_kpis.kpi_id = positions.kpi_id

)

select
    kpi_id,
    scope_kind,
    scope_id,
    scope_date as local_date,
    half_hour_started_at,
    numerator,
    denominator,
    n,
    scale::double * numerator::double / if(has_denominator, denominator::double, 1) as value  -- noqa: RF04
from amounts
where if(has_denominator, denominator > 0, numerator > 0)
