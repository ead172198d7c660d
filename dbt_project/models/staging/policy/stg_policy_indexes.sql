with

source as (

    select * from {{ source('policy', 'policy_indexes') }}

)

select
    version,
    unmeasured_rule,
    min_weight
from source
