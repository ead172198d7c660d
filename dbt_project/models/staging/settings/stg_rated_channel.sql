with

source as (

    select * from {{ source('settings', 'rated_channels') }}

)

select channel
from source
