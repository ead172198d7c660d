with

source as (

    select * from {{ source('slice', 'pending_rating_date') }}

)

select changed_date
from source
