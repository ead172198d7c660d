with

source as (

    select * from {{ source('policy', 'policy_versions') }}

)

select
    section,
    version,
    valid_from,
    approved_by_1,
    approved_by_2,
    is_complete,
    missing,
    content_sha
from source
