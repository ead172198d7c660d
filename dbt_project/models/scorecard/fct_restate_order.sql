with

orders as (

    select * from {{ ref('stg_restate_order') }}

)

select
    publication,
    kpi_id,
    from_date,
    reason,
    ordered_at
from orders
