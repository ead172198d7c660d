with

source as (

    select * from {{ source('policy', 'policy_rewards') }}

)

select
    version,
    person_kind,
    ground,
    points
from source
