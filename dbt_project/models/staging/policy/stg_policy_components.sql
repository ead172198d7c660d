with

source as (

    select * from {{ source('policy', 'policy_components') }}

)

select
    section,
    version,
    person_kind,
    position,
    kpi_id,
    weight,
    zero_low,
    full_low,
    full_high,
    zero_high
from source
