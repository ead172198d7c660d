{{ config(materialized='ephemeral') }}

-- One row per line of a closed month that says something else than it was published with, was not there then, or is
-- there no more: whether its points are others, and what may have made it so. One that was free may free another.
with

sealed as (

    select
        person_kind,
        person_id,
        month_start,
        version_no
    from {{ ref('int_assessment__sealed') }}

),

results as (

    select
        person_kind,
        person_id,
        month_start
    from {{ ref('int_assessment__result') }}
    where is_closed

),

sealed_lines as (

    select
        version_lines.*,
        coalesce(version_lines.kpi_id, version_lines.record_id, '') as line_key
    from {{ ref('stg_assessment_version_line') }} as version_lines
    semi join sealed
        on
            version_lines.person_kind = sealed.person_kind
            and version_lines.person_id = sealed.person_id
            and version_lines.month_start = sealed.month_start
            and version_lines.version_no = sealed.version_no
    semi join results
        on
            version_lines.person_kind = results.person_kind
            and version_lines.person_id = results.person_id
            and version_lines.month_start = results.month_start

),

current_lines as (

    select
        told_lines.*,
        coalesce(told_lines.kpi_id, told_lines.record_id, '') as line_key
    from {{ ref('int_assessment__line') }} as told_lines
    semi join results
        on
            told_lines.person_kind = results.person_kind
            and told_lines.person_id = results.person_id
            and told_lines.month_start = results.month_start
    semi join sealed
        on
            told_lines.person_kind = sealed.person_kind
            and told_lines.person_id = sealed.person_id
            and told_lines.month_start = sealed.month_start

),

appeals as (

    select
        kind,
        record_id
    from {{ ref('int_assessment__appeal') }}
    where appeal_state = 'granted'

),

paired as (

    select
        person_kind,
        person_id,
        month_start,
        kind,
        line_key,
        coalesce(olds.points, 0) != coalesce(news.points, 0) as has_other_points,
        olds.line_no is null as is_new,
        news.decided_date,
        news.landing_day,
        coalesce(olds.appeal_state, '') as old_appeal_state,
        coalesce(olds.note = 'incident', false) != coalesce(news.note = 'incident', false)
        or (kind = 'component' and olds.excluded_n is distinct from news.excluded_n) as is_of_incident,
        kind = 'component'
        and (
            olds.formula_version is distinct from news.formula_version
            or olds.target_version is distinct from news.target_version
        ) as is_of_rules,
        coalesce(kind = 'component' and news.n > coalesce(olds.n, 0), false) as has_more_cases
    from sealed_lines as olds
    full outer join current_lines as news using (person_kind, person_id, month_start, kind, line_key)  -- noqa: ST07
    where
        has_other_points
        or (
            kind != 'component'
            and (
                olds.line_no is null
                or news.line_no is null
                or olds.note is distinct from news.note
                or olds.appeal_state is distinct from news.appeal_state
            )
        )

)

select
    paired.* exclude (old_appeal_state),  -- noqa: RF02
    appeals.record_id is not null and paired.old_appeal_state != 'granted' as is_appeal_granted
from paired
left join appeals
    on
        if(paired.kind = 'unfit', 'fraud', paired.kind) = appeals.kind
        and paired.line_key = appeals.record_id
