with

source as (

    select * from {{ source('slice', 'state_input') }}

)

select
    agent_date,
    row_count,
    digest
from source
