-- The values of a scope, with what stood before them. Days of the last weeks only; longer periods all.
with chosen as (
    select *
    from scorecard.fct_kpi_value
    where ($scope_kind is null or scope_kind = $scope_kind)
        and ($scope_id is null or scope_id = $scope_id)
        -- Eight days more than are shown, so that the first of them have a day before.
        and (period_kind != 'day' or period_start >= $first_day::date - 8)
),

compared as (
    select
        *,
        lag(value) over history as previous_value,
        case
            when period_kind = 'day' and lag(period_start, 7) over history = period_start - 7
                then lag(value, 7) over history
        end as previous_weekday_value,
        -- How long it has been out: since the end of the last period in band.
        max(case when status = 'in_band' then period_end end) over history as in_band_until,
        min(case when status in ('below_band', 'above_band') then period_start end) over history as first_out
    from chosen
    window history as (
        partition by scope_kind, scope_id, kpi_id, period_kind
        order by period_start
        rows between unbounded preceding and current row
    )
)

select
    scope_kind,
    scope_id,
    kpi_id,
    period_kind,
    period_start,
    period_end,
    numerator,
    denominator,
    n,
    excluded_n,
    value,
    raw_value,
    p50,
    p90,
    ci_lower,
    ci_upper,
    lower_bound,
    upper_bound,
    status,
    verdict,
    reason,
    is_provisional,
    previous_value,
    value - previous_value as change,
    previous_weekday_value,
    value - previous_weekday_value as weekday_change,
    case when status in ('below_band', 'above_band') then greatest(in_band_until, first_out) end as out_since
from compared
where (period_kind != 'day' or period_start >= $first_day::date)
    -- Days without cases are left to the reader: they would be half of the rows.
    and not (period_kind = 'day' and status = 'no_data' and reason = 'no_cases')
