with

source as (

    select * from {{ source('settings', 'notice_settings') }}

)

select
    begin_on,
    names_in_groups,
    outside_shifts,
    ahead_hours,
    site_url
from source
