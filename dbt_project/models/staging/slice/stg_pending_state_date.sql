with

source as (

    select * from {{ source('slice', 'pending_state_date') }}

)

select changed_date
from source
