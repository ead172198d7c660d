with

source as (

    select * from {{ source('settings', 'holidays') }}

)

select
    channel,
    holiday_on
from source
