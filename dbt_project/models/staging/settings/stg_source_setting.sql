with

source as (

    select * from {{ source('settings', 'source_settings') }}

)

select
    source_id,
    source_kind,
    channel,
    time_zone,
    is_received_without_routing
from source
