-- Every value of a scope: days of the last months, all longer periods. What was over by $closed_until is closed.
select
    scope_kind,
    scope_id,
    kpi_id,
    period_kind,
    period_start,
    if(isfinite(value), value::double, null) as value,
    n,
    numerator::double as numerator,
    denominator::double as denominator,
    lower_bound::double as lower_bound,
    upper_bound::double as upper_bound,
    status,
    verdict,
    evidence
from scorecard.fct_kpi_value
where period_end > case
        when period_kind = 'day' then $first_day::date
        when starts_with(period_kind, 'trailing') then $closed_until::date
        else date '1900-01-01'
    end
    and (
        $is_closed is null
        or if($is_closed, period_end <= $closed_until::date, period_end > $closed_until::date - case period_kind
            -- What is open is compared with what was last closed.
            when 'day' then 7 when 'week' then 7 when 'month' then 1 when 'quarter' then 92 when 'year' then 366 else 0
        end)
    )
    and ($scope_kind is null or scope_kind = $scope_kind)
    and ($scope_id is null or scope_id = $scope_id)
order by period_start
