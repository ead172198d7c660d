with

source as (

    select * from {{ source('slice', 'measured_input') }}

)

select
    input_name,
    input_date,
    row_count,
    digest
from source
