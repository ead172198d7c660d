-- Numerators, denominators and samples of the days of a month or of all days are those of the month or of
-- everything, raw and adjusted.
with

daily as (

    select
        fct_kpi_value.*,
        unnest(['month', 'all']) as longer_kind
    from {{ ref('fct_kpi_value') }} as fct_kpi_value
    inner join {{ ref('dim_kpi') }} as dim_kpi
        on fct_kpi_value.kpi_id = dim_kpi.kpi_id
    where
        fct_kpi_value.period_kind = 'day'
        and dim_kpi.method = 'ratio'

),

summed as (

    select
        kpi_id,
        scope_kind,
        scope_id,
        longer_kind as period_kind,
        if(longer_kind = 'month', date_trunc('month', period_start)::date, null) as month_start,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(raw_numerator) as raw_numerator,
        sum(n) as n
    from daily
    group by kpi_id, scope_kind, scope_id, longer_kind, month_start

)

select
    longer.kpi_id,
    longer.scope_kind,
    longer.scope_id,
    longer.period_kind,
    longer.period_start,
    longer.numerator,
    summed.numerator as summed_numerator
from summed
inner join {{ ref('fct_kpi_value') }} as longer
    on
        summed.kpi_id = longer.kpi_id
        and summed.scope_kind = longer.scope_kind
        and summed.scope_id = longer.scope_id
        and summed.period_kind = longer.period_kind
        and coalesce(summed.month_start, longer.period_start) = longer.period_start
where
    summed.numerator is distinct from longer.numerator
    or summed.denominator is distinct from longer.denominator
    or summed.raw_numerator is distinct from longer.raw_numerator
    or summed.n is distinct from longer.n
