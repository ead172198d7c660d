-- Every value of a scope: days of the last months, all longer periods. What was over by $closed_until is closed.
select
    scope_kind,
    scope_id,
    kpi_id,
    period_kind,
    period_start,
    -- Four digits more than a page shows, so that rounding it there gives the same last digit as rounding the value.
    if(isfinite(value), round(value::double, if(abs(value) >= 100, 4, 8)), null) as value,
    n,
    numerator::double as numerator,
    denominator::double as denominator,
    lower_bound::double as lower_bound,
    upper_bound::double as upper_bound,
    case status
        when 'no_data' then 'n' when 'insufficient_sample' then 's' when 'below_band' then 'l' when 'in_band' then 'i'
        when 'above_band' then 'a' else '-'
    end || case verdict when 'good' then 'g' when 'too_good' then 't' when 'watch' then 'w' when 'bad' then 'b' else '-' end
        as look
from scorecard.fct_kpi_value
where period_end > case
        when period_kind = 'day' then $first_day::date
        when starts_with(period_kind, 'trailing') then $closed_until::date
        else date '1900-01-01'
    end
    and ($is_closed is null or (period_end <= $closed_until::date) = $is_closed)
    and ($scope_kind is null or scope_kind = $scope_kind)
    and ($scope_id is null or scope_id = $scope_id)
order by period_start
