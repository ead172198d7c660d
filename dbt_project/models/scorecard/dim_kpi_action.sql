with

actions as (

    select * from {{ ref('kpi_actions') }}

)

select
    action_id,
    kpi_id,
    side,
    position::integer as position,  -- noqa: RF04
    text_en,
    text_zh
from actions
