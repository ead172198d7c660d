with

source as (

    select * from {{ source('history', 'restate_order') }}

)

select
    publication,
    kpi_id,
    from_date,
    reason,
    ordered_at
from source
