with

source as (

    select * from {{ source('settings', 'impact_equivalents') }}

)

select
    position,
    name_en,
    name_zh,
    unit_cost
from source
