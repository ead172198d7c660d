with

source as (

    select * from {{ source('slice', 'elsewhere') }}

)

select
    source_id,
    contact_id
from source
