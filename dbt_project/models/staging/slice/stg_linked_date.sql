with

source as (

    select * from {{ source('slice', 'linked_date') }}

)

select
    feed,
    event_date
from source
