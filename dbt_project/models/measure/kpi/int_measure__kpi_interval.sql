{{ config(materialized='view') }}

-- One row per expected KPI, scope and period with its value and, for a share of records or a mean, the 95 % interval.
-- Amounts are exact decimals; the one division comes last.
with

cells as (

    select
        *,
        (raw_numerator - excluded_numerator)::decimal(18, 4) as numerator,
        (raw_denominator - excluded_denominator)::decimal(18, 4) as denominator,
        raw_n - excluded_n as n
    from {{ ref('int_measure__kpi_cell') }}

),

-- Nothing to measure is no value: neither 0 nor 100 %.
measured as (

    select
        *,
        unmeasured_reason is null and if(has_denominator, denominator > 0, n > 0) as is_measured,
        unmeasured_reason is null and if(has_denominator, raw_denominator > 0, raw_n > 0) as is_raw_measured
    from cells

),

valued as (

    select
        *,
        if(is_measured, factor * numerator::double / if(has_denominator, denominator::double, 1), null)
            as value,  -- noqa: RF04
        if(is_raw_measured, factor * raw_numerator::double / if(has_denominator, raw_denominator::double, 1), null)
            as raw_value,
        -- 1.959964 standard errors on either side: 95 %.
        1.959963984540054::double as z,
        numerator::double / denominator::double as mean,
        denominator::double as cases
    from measured

),

spread as (

    select
        *,
        case
            when value is null then null
            when interval_kind = 'wilson' and mean between 0 and 1
                then {{ wilson_midpoint('mean', 'cases') }}
            when interval_kind = 'normal' and cases > 1 then mean
        end as midpoint,
        case
            when value is null then null
            when interval_kind = 'wilson' and mean between 0 and 1
                then {{ wilson_margin('mean', 'cases') }}
            when interval_kind = 'normal' and cases > 1
                then z * sqrt(
                    greatest(squares::double * cases - numerator::double * numerator::double, 0)
                    / (cases * cases * (cases - 1))
                )
        end as margin
    from valued

)

select
    * exclude (z, mean, cases, midpoint, margin),  -- noqa: AM04
    -- At 0 and 1 the bound is the value itself, up to the last bit of the arithmetic: take the value.
    if(midpoint is null, null, least(factor * (midpoint - margin), value)) as ci_lower,
    if(midpoint is null, null, greatest(factor * (midpoint + margin), value)) as ci_upper
from spread
