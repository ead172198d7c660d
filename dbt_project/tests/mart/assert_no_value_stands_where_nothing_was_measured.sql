-- No data is no value, no verdict and a reason; a value always has a status of its own; counts are never negative.
-- What nobody recorded has no sums either, and what was recorded always has.
select
    kpi_id,
    scope_kind,
    scope_id,
    period_kind,
    period_start,
    value,
    status,
    verdict,
    reason
from {{ ref('fct_kpi_value') }}
where
    {{ of_touched_periods() }}
    and (
        (status = 'no_data') != (value is null)
        or (status in ('no_data', 'insufficient_sample') and (verdict != 'none' or reason is null))
        or (ci_lower is not null and not (ci_lower <= value and value <= ci_upper))
        or n < 0
        or excluded_n < 0
        or p50 > p90
        or (coalesce(reason, '') in ('not_recorded', 'not_set', 'not_applicable')) != (numerator is null)
        or (numerator is null) != (n is null)
        or (numerator is null) != (raw_numerator is null)
    )
