with

source as (

    select * from {{ ref('norm_items') }}

)

select
    code as item,
    norm_group,
    name_en,
    name_zh,
    applies_when
from source
