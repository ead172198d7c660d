with

source as (

    select * from {{ source('settings', 'source_topics') }}

)

select
    source_id,
    topic,
    is_recorded,
    recorded_from
from source
