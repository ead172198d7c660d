-- One row per value of a closed period that stays as it was published last: since an earlier formula of its KPI made
-- it, until the formula is that one again, or a person orders it to be made anew; or since its records are gone.
with

kept as (

    select * from {{ ref('stg_kept_value') }}

),

outlived as (

    select * from {{ ref('stg_outlived_value') }}

),

kpis as (

    select
        kpi_id,
        formula_version
    from {{ ref('dim_kpi') }}

),

orders as (

    select * from {{ ref('stg_restate_order') }}

),

of_other_formulas as (

    select kept.*
    from kept
    inner join kpis
        on kept.kpi_id = kpis.kpi_id
    where kept.formula_version != kpis.formula_version

),

standing as (

    select
        of_other_formulas.*,
        false as is_without_records
    from of_other_formulas
    anti join orders
        on
            of_other_formulas.kpi_id = orders.kpi_id
            and of_other_formulas.publication <= orders.publication
            and of_other_formulas.period_end > orders.from_date
    union all by name
    -- No order makes them anew: there is nothing to make them of.
    select
        outlived.*,
        true as is_without_records
    from outlived
    semi join kpis
        on outlived.kpi_id = kpis.kpi_id

)

select * exclude (publication)  -- noqa: AM04
from standing
qualify row_number() over (
    partition by kpi_id, scope_kind, scope_id, period_kind, period_start
    order by is_without_records desc, publication desc
) = 1
