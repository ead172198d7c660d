with

defaults as (

    select * from {{ ref('kpi_targets') }}

),

overrides as (

    select * from {{ ref('stg_target_override') }}

),

together as (

    select * from defaults
    union all by name
    select * from overrides

)

select
    target_id,
    kpi_id,
    scope_kind,
    coalesce(scope_id, if(scope_kind = 'centre', 'centre', '')) as scope_id,
    coalesce(segment, '') as segment,
    lower_bound::decimal(18, 6) as lower_bound,
    upper_bound::decimal(18, 6) as upper_bound,
    stretch::decimal(18, 6) as stretch,
    nullif(upper_measure, '') as upper_measure,
    coalesce(valid_from, date '0001-01-01')::date as valid_from,
    coalesce(valid_to, date '9999-12-31')::date as valid_to,
    target_source,
    target_version::varchar as target_version,
    note_en,
    note_zh
from together
