-- Numerators, denominators, samples and cases that incidents take out: those of the days of a month, or of all days,
-- add up to those of the month or of everything, raw and adjusted. What is not recorded has no sums, which add nothing.
with

kpi_values as (

    select
        fct_kpi_value.*,
        if(fct_kpi_value.period_kind = 'all', '', strftime(fct_kpi_value.period_start, '%Y-%m')) as month_name
    from {{ reckoned_values() }} as fct_kpi_value
    inner join {{ ref('dim_kpi') }} as dim_kpi
        on fct_kpi_value.kpi_id = dim_kpi.kpi_id
    where
        fct_kpi_value.period_kind in ('day', 'month', 'all')
        and dim_kpi.method = 'ratio'

),

summed as (

    select
        kpi_id,
        scope_kind,
        scope_id,
        unnest([month_name, '']) as month_name,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(raw_numerator) as raw_numerator,
        sum(raw_denominator) as raw_denominator,
        sum(n) as n,
        sum(excluded_n) as excluded_n
    from kpi_values
    where period_kind = 'day'
    group by kpi_id, scope_kind, scope_id, month_name

),

expected as (

    select
        kpi_id,
        scope_kind,
        scope_id,
        month_name,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(raw_numerator) as raw_numerator,
        sum(raw_denominator) as raw_denominator,
        sum(n) as n,
        sum(excluded_n) as excluded_n
    from summed
    group by kpi_id, scope_kind, scope_id, month_name

),

longer as (

    select * from kpi_values
    where period_kind != 'day'

)

select
    expected.kpi_id,
    expected.scope_kind,
    expected.scope_id,
    expected.month_name,
    longer.numerator,
    expected.numerator as summed_numerator
from expected
left join longer
    on
        expected.kpi_id = longer.kpi_id
        and expected.scope_kind = longer.scope_kind
        and expected.scope_id = longer.scope_id
        and expected.month_name = longer.month_name
where
    longer.kpi_id is null
    or coalesce(expected.numerator, 0) != coalesce(longer.numerator, 0)
    or coalesce(expected.denominator, 0) != coalesce(longer.denominator, 0)
    or coalesce(expected.raw_numerator, 0) != coalesce(longer.raw_numerator, 0)
    or coalesce(expected.raw_denominator, 0) != coalesce(longer.raw_denominator, 0)
    or coalesce(expected.n, 0) != coalesce(longer.n, 0)
    or coalesce(expected.excluded_n, 0) != coalesce(longer.excluded_n, 0)
