with

source as (

    select * from {{ source('policy', 'policy_contests') }}

)

select
    contest_id,
    version,
    name_en,
    name_zh,
    kpi_id,
    from_on,
    to_on,
    scope_kind,
    segment,
    min_n,
    winners
from source
