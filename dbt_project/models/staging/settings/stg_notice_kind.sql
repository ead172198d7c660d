with

source as (

    select * from {{ source('settings', 'notice_kinds') }}

)

select notice_kind
from source
