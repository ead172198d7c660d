with

cells as (

    select * from {{ ref('int_measure__kpi_status') }}

),

percentiles as (

    select * from {{ ref('int_measure__percentile') }}

),

kept as (

    select * from {{ ref('int_measure__kept_value') }}
    where {{ of_touched_periods() }}

),

reckoned as (

    select
        cells.kpi_id,
        cells.scope_kind,
        cells.scope_id,
        cells.scope_name,
        cells.period_kind,
        cells.period_start,
        cells.period_end,
        cells.numerator,
        cells.denominator,
        cells.n,
        cells.excluded_n,
        cells.value,
        cells.raw_numerator::decimal(18, 4) as raw_numerator,
        cells.raw_denominator::decimal(18, 4) as raw_denominator,
        cells.raw_value,
        percentiles.p50,
        percentiles.p90,
        cells.ci_lower,
        cells.ci_upper,
        cells.lower_bound,
        cells.upper_bound,
        cells.status,
        cells.verdict,
        cells.evidence,
        cells.reason,
        cells.is_provisional,
        cells.formula_version,
        cells.target_version
    from cells
    left join percentiles
        on
            cells.percentile_fact = percentiles.percentile_fact
            and cells.scope_kind = percentiles.scope_kind
            and cells.scope_id = percentiles.scope_id
            and cells.period_kind = percentiles.period_kind
            and cells.period_start = percentiles.period_start

),

-- A closed period keeps what the formula of then made of it.
together as (

    select reckoned.*
    from reckoned
    anti join kept
        on
            reckoned.kpi_id = kept.kpi_id
            and reckoned.scope_kind = kept.scope_kind
            and reckoned.scope_id = kept.scope_id
            and reckoned.period_kind = kept.period_kind
            and reckoned.period_start = kept.period_start
    union all by name
    select * from kept

)

select
    kpi_id,
    scope_kind,
    scope_id,
    scope_name,
    period_kind,
    period_start,
    period_end,
    numerator,
    denominator,
    n,
    excluded_n,
    value,
    raw_numerator,
    raw_denominator,
    raw_value,
    p50,
    p90,
    ci_lower,
    ci_upper,
    lower_bound,
    upper_bound,
    status,
    verdict,
    evidence,
    reason,
    is_provisional,
    formula_version,
    target_version
from together
-- Written in the order of periods, so that whoever asks for some of them reads little of the others, and within them in
-- one order too: equal neighbours take a quarter less of the file and of the time to read it.
order by
    period_kind,
    period_end,
    kpi_id,
    scope_kind,
    scope_id
