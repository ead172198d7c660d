with

source as (

    select * from {{ source('settings', 'opening_hours') }}

)

select
    channel,
    weekday,
    opens,
    closes,
    valid_from,
    valid_to,
    time_zone,
    valid_from_at,
    valid_to_at
from source
