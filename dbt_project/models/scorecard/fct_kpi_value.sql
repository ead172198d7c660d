with

cells as (

    select * from {{ ref('int_measure__kpi_status') }}

),

percentiles as (

    select * from {{ ref('int_measure__percentile') }}

),

-- 1.959964 standard errors on either side: 95 %.
intervals as (

    select
        *,
        1.959963984540054::double as z,
        numerator::double / denominator::double as mean,
        denominator::double as cases
    from cells

),

bounded as (

    select
        * exclude (z, mean, cases),
        case
            when value is null then null
            when interval_kind = 'wilson' and mean between 0 and 1
                then (mean + z * z / (2 * cases)) / (1 + z * z / cases)
            when interval_kind = 'normal' and cases > 1 then mean
        end as midpoint,
        case
            when value is null then null
            when interval_kind = 'wilson' and mean between 0 and 1
                then z * sqrt(mean * (1 - mean) / cases + z * z / (4 * cases * cases)) / (1 + z * z / cases)
            when interval_kind = 'normal' and cases > 1
                then z * sqrt(
                    greatest(squares::double * cases - numerator::double * numerator::double, 0)
                    / (cases * cases * (cases - 1))
                )
        end as margin
    from intervals

)

select
    bounded.kpi_id,
    bounded.scope_kind,
    bounded.scope_id,
    bounded.scope_name,
    bounded.period_kind,
    bounded.period_start,
    bounded.period_end,
    bounded.numerator,
    bounded.denominator,
    bounded.n,
    bounded.excluded_n,
    bounded.value,
    bounded.raw_numerator::decimal(18, 4) as raw_numerator,
    bounded.raw_denominator::decimal(18, 4) as raw_denominator,
    bounded.raw_value,
    percentiles.p50,
    percentiles.p90,
    -- At 0 and 1 the bound is the value itself, up to the last bit of the arithmetic: take the value.
    if(bounded.midpoint is null, null, least(bounded.factor * (bounded.midpoint - bounded.margin), bounded.value))
        as ci_lower,
    if(bounded.midpoint is null, null, greatest(bounded.factor * (bounded.midpoint + bounded.margin), bounded.value))
        as ci_upper,
    bounded.lower_bound,
    bounded.upper_bound,
    bounded.status,
    bounded.verdict,
    bounded.reason,
    bounded.is_provisional,
    bounded.formula_version,
    bounded.target_version
from bounded
left join percentiles
    on
        bounded.percentile_fact = percentiles.percentile_fact
        and bounded.scope_kind = percentiles.scope_kind
        and bounded.scope_id = percentiles.scope_id
        and bounded.period_kind = percentiles.period_kind
        and bounded.period_start = percentiles.period_start
-- Written in the order of periods, so that whoever asks for some of them reads little of the others, and within them in
-- one order too: equal neighbours take a quarter less of the file and of the time to read it.
order by
    bounded.period_kind,
    bounded.period_end,
    bounded.kpi_id,
    bounded.scope_kind,
    bounded.scope_id
