with

source as (

    select * from {{ source('history', 'outlived_value') }}

)

select
    publication,
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
from source
