with

source as (

    select * from {{ source('slice', 'remade_date') }}

)

select remade_date
from source
