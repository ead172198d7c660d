with

source as (

    select * from {{ source('history', 'assessment_version_line') }}

)

select
    publication,
    person_kind,
    id as person_id,
    month as month_start,
    version_no,
    line_no,
    kind,
    kpi_id,
    record_id,
    code,
    record_date,
    decided_date,
    value,
    n,
    excluded_n,
    weight,
    attainment,
    points,
    appeal_state,
    appeal_until,
    is_appeal_late,
    note,
    formula_version,
    target_version
from source
