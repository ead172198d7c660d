-- Numerators, denominators, samples and cases that incidents take out: those of the days of a month, or of all days,
-- add up to those of the month or of everything, raw and adjusted. What is not recorded has no sums, which add nothing.
-- A month of which this build made neither a value nor a day anew is what its days came to when it was made: it stands
-- for them in what everything adds up to.
with

touched_periods as (

    select * from {{ ref('int_measure__touched_period') }}

),

remade_months as (

    select distinct date_trunc('month', period_start) as month_start
    from touched_periods
    where period_kind in ('day', 'month')

),

remade_days as (

    select unnest(range(month_start, month_start + interval 1 month, interval 1 day))::date as period_start
    from remade_months

),

kpi_values as not materialized (

    select fct_kpi_value.*
    from {{ reckoned_values() }} as fct_kpi_value
    inner join {{ ref('dim_kpi') }} as dim_kpi
        on fct_kpi_value.kpi_id = dim_kpi.kpi_id
    where dim_kpi.method = 'ratio'

),

days as (

    select *
    from kpi_values
    where
        period_kind = 'day'
        and period_start in (select remade_days.period_start from remade_days)

),

months as (

    select
        *,
        period_start in (select remade_months.month_start from remade_months) as is_remade
    from kpi_values
    where period_kind = 'month'

),

-- What has no days at all is not made of them.
kinds_of_days as (

    select distinct
        kpi_id,
        scope_kind
    from days

),

parts as (

    select
        *,
        [strftime(period_start, '%Y-%m'), ''] as month_names
    from days
    union all by name
    select
        months.* exclude (is_remade),  -- noqa: RF02
        [''] as month_names
    from months
    semi join kinds_of_days
        on
            months.kpi_id = kinds_of_days.kpi_id
            and months.scope_kind = kinds_of_days.scope_kind
    where
        not months.is_remade
        -- Who had left before the data begin may have a month, of which there is nothing, and no day in it.
        and (
            months.n > 0
            or months.excluded_n > 0
            or months.raw_numerator != 0
            or months.raw_denominator != 0
        )

),

summed as (

    select
        kpi_id,
        scope_kind,
        scope_id,
        unnest(month_names) as month_name,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(raw_numerator) as raw_numerator,
        sum(raw_denominator) as raw_denominator,
        sum(n) as n,
        sum(excluded_n) as excluded_n
    from parts
    group by kpi_id, scope_kind, scope_id, month_names

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

    select
        * exclude (is_remade),
        strftime(period_start, '%Y-%m') as month_name
    from months
    where is_remade
    union all by name
    select
        *,
        '' as month_name
    from kpi_values
    where period_kind = 'all'

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
