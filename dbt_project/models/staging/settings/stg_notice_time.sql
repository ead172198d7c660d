with

source as (

    select * from {{ source('settings', 'notice_times') }}

)

select
    team_id,
    edition,
    clock
from source
