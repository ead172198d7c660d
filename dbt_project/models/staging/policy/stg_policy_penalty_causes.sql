with

source as (

    select * from {{ source('policy', 'policy_penalty_causes') }}

)

select
    version,
    person_kind,
    kind,
    cause
from source
