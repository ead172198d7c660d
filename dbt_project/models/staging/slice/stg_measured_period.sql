with

source as (

    select * from {{ source('slice', 'measured_period') }}

)

select
    input_name,
    period_kind,
    period_start,
    row_count,
    digest
from source
