-- A peak is never summed: that of a month, or of everything, is the highest of its days.
with

peaks as (

    select
        fct_kpi_value.*,
        if(fct_kpi_value.period_kind = 'all', '', strftime(fct_kpi_value.period_start, '%Y-%m')) as month_name
    from {{ reckoned_values() }} as fct_kpi_value
    inner join {{ ref('dim_kpi') }} as dim_kpi
        on fct_kpi_value.kpi_id = dim_kpi.kpi_id
    where
        fct_kpi_value.period_kind in ('day', 'month', 'all')
        and dim_kpi.method = 'peak'

),

days as (

    select
        * exclude (month_name),
        unnest([month_name, '']) as month_name
    from peaks
    where period_kind = 'day'

),

expected as (

    select
        kpi_id,
        scope_kind,
        scope_id,
        month_name,
        max(numerator) as numerator
    from days
    group by kpi_id, scope_kind, scope_id, month_name

),

longer as (

    select * from peaks
    where period_kind != 'day'

)

select
    expected.kpi_id,
    expected.scope_kind,
    expected.scope_id,
    expected.month_name,
    longer.numerator,
    expected.numerator as highest_numerator
from expected
left join longer
    on
        expected.kpi_id = longer.kpi_id
        and expected.scope_kind = longer.scope_kind
        and expected.scope_id = longer.scope_id
        and expected.month_name = longer.month_name
-- Days without work have a peak of 0 also where nothing is recorded, of which a longer period says nothing.
where coalesce(expected.numerator, 0) != coalesce(longer.numerator, 0)
