with

targets as (

    select * from {{ ref('dim_kpi_target') }}
    where
        baseline_from is not null
        and segment = ''

),

-- What is a quotient of sums over days can be told of any stretch of them; percentiles and peaks can't.
kpis as (

    select * from {{ ref('dim_kpi') }}
    where
        method = 'ratio'
        and scale_kind = 'constant'

),

measure_places as (

    {{ measure_positions() }}

),

scope_days as (

    select * from {{ ref('int_measure__scope_day') }}

),

-- A default band is of the whole centre.
windows as (

    select
        targets.target_id,
        targets.kpi_id,
        if(targets.scope_kind in ('default', 'centre'), 'centre', targets.scope_kind) as window_scope_kind,
        if(targets.scope_kind in ('default', 'centre'), 'centre', targets.scope_id) as window_scope_id,
        targets.baseline_from as window_from,
        targets.baseline_to as window_to,
        kpis.kpi_group,
        kpis.scale,
        kpis.denominator_measure is null as is_count,
        measure_places.position_by_measure[kpis.numerator_measure] as numerator_position,
        measure_places.position_by_measure[coalesce(kpis.denominator_measure, kpis.numerator_measure)]
            as denominator_position
    from targets
    inner join kpis on targets.kpi_id = kpis.kpi_id
    cross join measure_places

),

amounts as (

    {{ window_amounts('windows', 'scope_days', ['target_id']) }}

)

select
    windows.target_id,
    windows.kpi_id,
    windows.window_scope_kind as scope_kind,
    windows.window_scope_id as scope_id,
    windows.window_from as baseline_from,
    windows.window_to as baseline_to,
    cast(coalesce(amounts.numerator, 0) as decimal(18, 4)) as numerator,
    if(windows.is_count, null, cast(coalesce(amounts.denominator, 0) as decimal(18, 4))) as denominator,
    if(
        windows.is_count,
        cast(windows.scale as double) * cast(amounts.numerator as double),
        cast(windows.scale as double) * cast(amounts.numerator as double)
        / nullif(cast(amounts.denominator as double), 0)
    ) as value  -- noqa: RF04
from windows
left join amounts on windows.target_id = amounts.target_id
-- Measures of people or customers counted anew for each period have no place among those that add up.
where windows.numerator_position is not null and windows.denominator_position is not null
