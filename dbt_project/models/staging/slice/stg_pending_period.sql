with

source as (

    select * from {{ source('slice', 'pending_period') }}

)

select
    period_kind,
    period_start
from source
