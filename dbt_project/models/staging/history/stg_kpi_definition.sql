with

source as (

    select * from {{ source('history', 'kpi_definition') }}

)

select
    publication,
    kpi_id,
    formula_version,
    name_en,
    name_zh,
    method,
    numerator_measure,
    denominator_measure,
    sample_measure,
    scale,
    scale_kind,
    unit,
    direction,
    decimals,
    definition_en,
    definition_zh,
    formula_en,
    formula_zh,
    interval_kind,
    min_sample
from source
