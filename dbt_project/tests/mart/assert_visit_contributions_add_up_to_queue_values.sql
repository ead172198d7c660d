-- Whoever adds up the stays in a queue gets the raw numerator and denominator of every KPI of the queue that is made of
-- their measures.
with

wide as (

    select
        queue_id,
        coalesce(sum(columns(* exclude (
            landing_day, file_name, record_number, line_number,
            visit_key, contact_key, visit_number, source_id, contact_id, channel, direction, queue_id, contact_date,
            entered_at, left_at, outcome, exit_reason, is_line_missing, is_test
        ))), 0)::decimal(18, 4)
    from {{ ref('fct_queue_visit') }}
    where queue_id is not null
    group by queue_id

),

contributions as (

    unpivot wide
    on columns(* exclude (queue_id))
    into name measure value amount

),

kpi_values as (

    select
        fct_kpi_value.scope_id as queue_id,
        fct_kpi_value.kpi_id,
        unnest([dim_kpi.numerator_measure, dim_kpi.denominator_measure]) as measure,
        unnest([fct_kpi_value.raw_numerator, fct_kpi_value.raw_denominator]) as amount
    from {{ ref('fct_kpi_value') }} as fct_kpi_value
    inner join {{ ref('dim_kpi') }} as dim_kpi
        on fct_kpi_value.kpi_id = dim_kpi.kpi_id
    where
        fct_kpi_value.scope_kind = 'queue'
        and fct_kpi_value.period_kind = 'all'
        -- What is not recorded for a queue has no sums there.
        and fct_kpi_value.raw_numerator is not null

)

select
    kpi_values.queue_id,
    kpi_values.kpi_id,
    kpi_values.measure,
    kpi_values.amount,
    contributions.amount as contributed_amount
from kpi_values
inner join contributions
    on
        kpi_values.queue_id = contributions.queue_id
        and kpi_values.measure = contributions.measure
where kpi_values.amount is distinct from contributions.amount
