with

source as (

    select * from {{ source('history', 'target_set') }}

)

select
    publication,
    kpi_id,
    target_id,
    scope_kind,
    scope_id,
    segment,
    lower_bound,
    upper_bound,
    stretch,
    upper_measure,
    valid_from,
    valid_to,
    target_source,
    target_version,
    is_own
from source
