with

source as (

    select * from {{ source('policy', 'policy_applies') }}

)

select
    version,
    attribute,
    value
from source
