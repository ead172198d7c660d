-- Sums of squares, by which means have their intervals: those of the days of a month, or of all days, add up to those
-- of the month or of everything, to the last digit.
with

wide as (

    select
        kpi_group,
        scope_kind,
        scope_id,
        period_kind,
        if(period_kind = 'all', '', strftime(period_start, '%Y-%m')) as month_name,
        {{ each_measure('{}', squares=true) }}
    from {{ ref('int_measure__scope_period') }}
    where period_kind in ('day', 'month', 'all')

),

squares as (

    unpivot wide
    on {{ each_measure('{}', squares=true) }}
    into name measure value amount

),

summed as (

    select
        kpi_group,
        scope_kind,
        scope_id,
        measure,
        unnest([month_name, '']) as month_name,
        amount
    from squares
    where period_kind = 'day'

),

expected as (

    select
        kpi_group,
        scope_kind,
        scope_id,
        measure,
        month_name,
        sum(amount) as amount
    from summed
    group by kpi_group, scope_kind, scope_id, measure, month_name

),

longer as (

    select * from squares
    where period_kind != 'day'

)

select
    expected.scope_kind,
    expected.scope_id,
    expected.month_name,
    expected.measure,
    expected.amount as summed_amount,
    longer.amount
from expected
full join longer
    on
        expected.kpi_group = longer.kpi_group
        and expected.scope_kind = longer.scope_kind
        and expected.scope_id = longer.scope_id
        and expected.month_name = longer.month_name
        and expected.measure = longer.measure
where expected.amount is distinct from longer.amount
