with

source as (

    select * from {{ source('history', 'outlived_value') }}

)

select
    {{ columns_of_kept_value() }}
from source
