with

source as (

    select * from {{ source('policy', 'policy_piece_rates') }}

)

select
    version,
    channel,
    queue_id,
    unit_price,
    currency
from source
