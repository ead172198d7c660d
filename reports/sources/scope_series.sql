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
        -- As many digits as a chart can show.
        case when abs(kpi_value.value) >= 100 then round(kpi_value.value, 2) else round(kpi_value.value, 5) end as value,
        kpi_value.n,
        round(kpi_value.numerator, 3) as numerator,
        round(kpi_value.denominator, 3) as denominator,
        case kpi_value.status
            when 'no_data' then 'n' when 'insufficient_sample' then 's' when 'below_band' then 'l' when 'in_band' then 'i'
            when 'above_band' then 'a' else '-'
        end || case kpi_value.verdict
            when 'good' then 'g' when 'too_good' then 't' when 'watch' then 'w' when 'bad' then 'b' else '-'
        end as look,
        kpi_value.lower_bound,
        kpi_value.upper_bound
    from scorecard.fct_kpi_value as kpi_value
    inner join place
        on kpi_value.period_kind = place.period_kind and kpi_value.period_start = place.period_start
    where ($scope_kind is null or kpi_value.scope_kind = $scope_kind)
        and ($scope_id is null or kpi_value.scope_id = $scope_id)
)

select
    scope_kind,
    scope_id,
    kpi_id,
    period_kind,
    min(place) as first_place,
    -- Only where a period is missing in between: the place of each value.
    case when max(place) - min(place) + 1 != count(*) then list(place order by place) end as places,
    list(value order by place) as value,
    list(n order by place) as n,
    list(numerator order by place) as numerator,
    list(denominator order by place) as denominator,
    string_agg(look, '' order by place) as look,
    -- A band that never moved is written once.
    case when count(distinct coalesce(lower_bound, 'inf'::double)) = 1 then list_value(any_value(lower_bound))
        else list(lower_bound order by place) end as lower_bound,
    case when count(distinct coalesce(upper_bound, 'inf'::double)) = 1 then list_value(any_value(upper_bound))
        else list(upper_bound order by place) end as upper_bound
from chosen
group by scope_kind, scope_id, kpi_id, period_kind
