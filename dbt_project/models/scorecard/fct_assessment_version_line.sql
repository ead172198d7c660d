-- The lines of what was published of each closed month, and of what the publication to come tells.
with

sealed as (

    select * from {{ ref('stg_assessment_version_line') }}

),

new_versions as (

    select * from {{ ref('int_assessment__new_version') }}

),

lines as (

    select * from {{ ref('int_assessment__line') }}

),

together as (

    select * from sealed
    union all by name
    select
        new_versions.* exclude (restated_reason) rename (next_publication as publication),  -- noqa: RF02,RF04
        lines.line_no,
        lines.kind,
        lines.kpi_id,
        lines.record_id,
        lines.code,
        lines.record_date,
        lines.decided_date,
        lines.value,
        lines.n,
        lines.excluded_n,
        lines.weight,
        lines.attainment,
        lines.points,
        lines.appeal_state,
        lines.appeal_until,
        lines.is_appeal_late,
        lines.note,
        lines.formula_version,
        lines.target_version
    from new_versions
    inner join lines
        on
            new_versions.person_kind = lines.person_kind
            and new_versions.person_id = lines.person_id
            and new_versions.month_start = lines.month_start

)

select
    publication,
    person_kind,
    person_id as id,
    month_start as month, -- noqa: RF04
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
from together
order by
    month_start,
    person_kind,
    person_id,
    version_no,
    line_no
