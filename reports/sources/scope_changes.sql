-- How far a scope's values are from those of the period directly before, and a day's from that of its weekday a week before.
with kept as (
    select
        scope_kind,
        scope_id,
        kpi_id,
        period_kind,
        period_start,
        period_end,
        if(isfinite(value), value::double, null) as value
    from scorecard.fct_kpi_value
    where period_kind in ('day', 'week', 'month', 'quarter', 'year')
        and (period_kind != 'day' or period_end > $first_day::date)
        and ($scope_kind is null or scope_kind = $scope_kind)
        and ($scope_id is null or scope_id = $scope_id)
),

compared as (
    select
        kept.*,
        kept.value - earlier.value as change,
        kept.value - weekday.value as weekday_change
    from kept
    left join kept as earlier
        on kept.scope_kind = earlier.scope_kind
        and kept.scope_id = earlier.scope_id
        and kept.kpi_id = earlier.kpi_id
        and kept.period_kind = earlier.period_kind
        and kept.period_start = earlier.period_end
    left join kept as weekday
        on kept.scope_kind = weekday.scope_kind
        and kept.scope_id = weekday.scope_id
        and kept.kpi_id = weekday.kpi_id
        and kept.period_kind = 'day'
        and weekday.period_kind = 'day'
        and kept.period_start = weekday.period_start + 7
)

select
    scope_kind,
    scope_id,
    kpi_id,
    period_kind,
    period_start,
    round(change, if(abs(change) >= 100, 4, 8)) as change,
    round(weekday_change, if(abs(weekday_change) >= 100, 4, 8)) as weekday_change
from compared
order by period_start
