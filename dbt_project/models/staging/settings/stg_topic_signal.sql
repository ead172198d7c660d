with

source as (

    select * from {{ source('settings', 'topic_signal') }}

)

select
    z,
    min_count,
    factor,
    factor_all,
    weeks
from source
