{{ config(materialized='view') }}

-- One row per KPI group, scope and period with every measure the catalogue may name: sums, maxima and distinct
-- counts. Maxima can't be reduced by an excluded part, so they stand in the rows of everything only.
-- (Peaks have a group for the join: a condition on one side alone would make it a nested loop.)
with

sums as (

    select * from {{ ref('int_measure__scope_period') }}
    where {{ of_touched_periods() }}

),

peaks as (

    select
        '' as kpi_group,
        *
    from {{ ref('int_measure__peak_period') }}

),

customers as (

    select * from {{ ref('int_measure__customer_period') }}

),

heard as (

    select * from {{ ref('int_measure__heard_period') }}

)

select
    sums.*,  -- noqa: AM04
    {{ each_measure('peaks.{}', rollup=['max']) }},
    {{ each_measure('customers.{}', 'int_measure__customer_period', rollup=['distinct']) }},
    {{ each_measure('heard.{}', 'int_measure__heard_period', rollup=['distinct']) }}
from sums
left join peaks
    on
        sums.kpi_group = peaks.kpi_group
        and sums.scope_kind = peaks.scope_kind
        and sums.scope_id = peaks.scope_id
        and sums.period_kind = peaks.period_kind
        and sums.period_start = peaks.period_start
left join customers
    on
        sums.kpi_group = customers.kpi_group
        and sums.scope_kind = customers.scope_kind
        and sums.scope_id = customers.scope_id
        and sums.period_kind = customers.period_kind
        and sums.period_start = customers.period_start
left join heard
    on
        sums.kpi_group = heard.kpi_group
        and sums.scope_kind = heard.scope_kind
        and sums.scope_id = heard.scope_id
        and sums.period_kind = heard.period_kind
        and sums.period_start = heard.period_start
