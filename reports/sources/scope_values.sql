-- The latest values of a scope in full, with what stood before them. Older ones: scope_series. How long a value has been
-- out of band is looked for in the last 28 days, 18 weeks, 13 months.
with period as (
    select
        period_kind,
        period_start,
        row_number() over (partition by period_kind order by period_start desc) as age
    from (
        select distinct period_kind, period_start
        from scorecard.fct_kpi_value
        where scope_kind = 'centre'
    ) as periods
),

recent as (
    select
        period_kind,
        period_start,
        age <= case period_kind when 'day' then 8 when 'week' then 5 when 'month' then 3 else 2 end as is_shown
    from period
    where age <= case period_kind when 'day' then 28 when 'week' then 18 else 13 end
),

history as (
    select
        kpi_value.scope_kind,
        kpi_value.scope_id,
        kpi_value.kpi_id,
        kpi_value.period_kind,
        kpi_value.period_start,
        kpi_value.period_end,
        kpi_value.value,
        kpi_value.status
    from scorecard.fct_kpi_value as kpi_value
    inner join recent
        on kpi_value.period_kind = recent.period_kind and kpi_value.period_start = recent.period_start
    where ($scope_kind is null or kpi_value.scope_kind = $scope_kind)
        and ($scope_id is null or kpi_value.scope_id = $scope_id)
),

compared as (
    select
        scope_kind,
        scope_id,
        kpi_id,
        period_kind,
        period_start,
        lag(value) over until_here as previous_value,
        case
            when period_kind = 'day' and lag(period_start, 7) over until_here = period_start - 7
                then lag(value, 7) over until_here
        end as previous_weekday_value,
        -- How long it has been out: since the end of the last period in band.
        max(case when status = 'in_band' then period_end end) over until_here as in_band_until,
        min(case when status in ('below_band', 'above_band') then period_start end) over until_here as first_out
    from history
    window until_here as (
        partition by scope_kind, scope_id, kpi_id, period_kind
        order by period_start
        rows between unbounded preceding and current row
    )
)

select
    kpi_value.scope_kind,
    kpi_value.scope_id,
    kpi_value.kpi_id,
    kpi_value.period_kind,
    kpi_value.period_start,
    kpi_value.period_end,
    kpi_value.numerator,
    kpi_value.denominator,
    kpi_value.n,
    kpi_value.excluded_n,
    kpi_value.value,
    kpi_value.raw_value,
    kpi_value.p50,
    kpi_value.p90,
    kpi_value.ci_lower,
    kpi_value.ci_upper,
    kpi_value.lower_bound,
    kpi_value.upper_bound,
    kpi_value.status,
    kpi_value.verdict,
    kpi_value.reason,
    kpi_value.is_provisional,
    compared.previous_value,
    kpi_value.value - compared.previous_value as change,
    compared.previous_weekday_value,
    kpi_value.value - compared.previous_weekday_value as weekday_change,
    case
        when kpi_value.status in ('below_band', 'above_band') then greatest(compared.in_band_until, compared.first_out)
    end as out_since
from scorecard.fct_kpi_value as kpi_value
inner join recent
    on kpi_value.period_kind = recent.period_kind and kpi_value.period_start = recent.period_start and recent.is_shown
inner join compared
    on kpi_value.scope_kind = compared.scope_kind
    and kpi_value.scope_id = compared.scope_id
    and kpi_value.kpi_id = compared.kpi_id
    and kpi_value.period_kind = compared.period_kind
    and kpi_value.period_start = compared.period_start
where ($scope_kind is null or kpi_value.scope_kind = $scope_kind)
    and ($scope_id is null or kpi_value.scope_id = $scope_id)
order by kpi_value.scope_kind, kpi_value.scope_id, kpi_value.kpi_id, kpi_value.period_kind, kpi_value.period_start
