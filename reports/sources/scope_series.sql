-- The whole history of a scope, one row per KPI and kind of period: arrays in the order of the periods.
-- Every period of that kind has a place, counted from `first_place` in the list of periods.
with place as (
    select period_kind, period_start, row_number() over (partition by period_kind order by period_start) - 1 as place
    from (
        select distinct period_kind, period_start
        from scorecard.fct_kpi_value
        where scope_kind = 'centre' and (period_kind != 'day' or period_start >= $first_day::date)
    ) as periods
),

chosen as (
    select
        kpi_value.scope_kind,
        kpi_value.scope_id,
        kpi_value.kpi_id,
        kpi_value.period_kind,
        place.place,
        -- Four digits more than a page shows, so that rounding it there gives the same last digit as rounding the value.
        round(kpi_value.value::double, if(abs(kpi_value.value) >= 100, 4, 8)) as value,
        kpi_value.n,
        round(kpi_value.numerator::double, 3) as numerator,
        round(kpi_value.denominator::double, 3) as denominator,
        case kpi_value.status
            when 'no_data' then 'n' when 'insufficient_sample' then 's' when 'below_band' then 'l' when 'in_band' then 'i'
            when 'above_band' then 'a' else '-'
        end || case kpi_value.verdict
            when 'good' then 'g' when 'too_good' then 't' when 'watch' then 'w' when 'bad' then 'b' else '-'
        end as look,
        kpi_value.lower_bound::double as lower_bound,
        kpi_value.upper_bound::double as upper_bound
    from scorecard.fct_kpi_value as kpi_value
    inner join place
        on kpi_value.period_kind = place.period_kind and kpi_value.period_start = place.period_start
    where ($scope_kind is null or kpi_value.scope_kind = $scope_kind)
        and ($scope_id is null or kpi_value.scope_id = $scope_id)
    order by kpi_value.scope_kind, kpi_value.scope_id, kpi_value.kpi_id, kpi_value.period_kind, place.place
)

select
    scope_kind,
    scope_id,
    kpi_id,
    period_kind,
    min(place) as first_place,
    -- Only where a period is missing in between, or they came in another order: the place of each value. Sorting
    -- every list by itself takes five times as long as sorting the rows once.
    nullif(list(place), range(min(place), min(place) + count(*))) as places,
    list(value) as value,
    list(n) as n,
    list(numerator) as numerator,
    list(denominator) as denominator,
    string_agg(look, '') as look,
    -- A band that never moved is written once.
    case when count(lower_bound) in (0, count(*)) and min(lower_bound) is not distinct from max(lower_bound)
        then list_value(min(lower_bound)) else list(lower_bound) end as lower_bound,
    case when count(upper_bound) in (0, count(*)) and min(upper_bound) is not distinct from max(upper_bound)
        then list_value(min(upper_bound)) else list(upper_bound) end as upper_bound
from chosen
group by scope_kind, scope_id, kpi_id, period_kind
