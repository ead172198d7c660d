with

source as (

    select * from {{ source('settings', 'impact_costs') }}

)

select
    family,
    cost_per_event,
    currency
from source
