with

of_the_catalogue as (

    select * from {{ ref('kpi_targets') }}

),

of_the_centre as (

    select * from {{ ref('stg_target_override') }}

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
    target_version::varchar as target_version,
    note_en,
    note_zh,
    'kpi_targets.csv' as written_in
from of_the_catalogue
union all
select
    target_id,
    kpi_id,
    scope_kind,
    nullif(scope_id, '') as scope_id,
    nullif(segment, '') as segment,
    lower_bound,
    upper_bound,
    stretch,
    nullif(upper_measure, '') as upper_measure,
    valid_from,
    valid_to,
    baseline_from,
    baseline_to,
    target_source,
    target_version::varchar as target_version,
    note_en,
    note_zh,
    'centre.yaml' as written_in
from of_the_centre
