with

source as (

    select * from {{ source('slice', 'rating_input') }}

)

select
    contact_date,
    row_count,
    digest
from source
