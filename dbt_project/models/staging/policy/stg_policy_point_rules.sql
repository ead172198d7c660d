with

source as (

    select * from {{ source('policy', 'policy_point_rules') }}

)

select
    version,
    rule,
    points
from source
