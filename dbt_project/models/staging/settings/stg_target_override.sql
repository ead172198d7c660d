with

source as (

    select * from {{ source('settings', 'target_overrides') }}

)

select
    target_id,
    kpi_id,
    scope_kind,
    scope_id,
    segment,
    lower_bound,
    upper_bound,
    stretch,
    upper_measure,
    valid_from,
    valid_to,
    baseline_from,
    baseline_to,
    target_source,
    target_version,
    note_en,
    note_zh
from source
