with

source as (

    select * from {{ source('history', 'kept_value') }}

)

select
    {{ columns_of_kept_value() }}
from source
