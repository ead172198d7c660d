-- Lines of what fct_assessment tells: as they are now, or where only what was published is left, as they were then.
with

results as (

    select * from {{ ref('fct_assessment') }}

),

lines as (

    select * from {{ ref('int_assessment__line') }}

),

reckoned as (

    select
        person_kind,
        person_id,
        month_start
    from {{ ref('int_assessment__result') }}

),

version_lines as (

    select * from {{ ref('fct_assessment_version_line') }}

),

together as (

    select
        lines.* rename (person_id as id, month_start as month),  -- noqa: RF02,RF04
        results.version_no
    from lines
    inner join results
        on
            lines.person_kind = results.person_kind
            and lines.person_id = results.id
            and lines.month_start = results.month
    union all by name
    select version_lines.*
    from version_lines
    semi join results
        on
            version_lines.person_kind = results.person_kind
            and version_lines.id = results.id
            and version_lines.month = results.month
            and version_lines.version_no = results.version_no
    anti join reckoned
        on
            version_lines.person_kind = reckoned.person_kind
            and version_lines.id = reckoned.person_id
            and version_lines.month = reckoned.month_start

)

select
    together.person_kind,
    together.id,
    together.month,
    together.version_no,
    results.policy_version,
    together.line_no,
    together.kind,
    together.kpi_id,
    together.record_id,
    together.code,
    together.record_date,
    together.decided_date,
    together.value,
    together.n,
    together.excluded_n,
    together.weight,
    together.attainment,
    together.points,
    together.appeal_state,
    together.appeal_until,
    together.is_appeal_late,
    together.note,
    together.formula_version,
    together.target_version
from together
inner join results
    on
        together.person_kind = results.person_kind
        and together.id = results.id
        and together.month = results.month
order by
    together.month,
    together.person_kind,
    together.id,
    together.line_no
