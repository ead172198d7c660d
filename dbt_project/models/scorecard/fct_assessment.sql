-- Months whose records are gone, and those of a policy that is gone, say what was published of them last.
with

results as (

    select * from {{ ref('int_assessment__result') }}

),

versions as (

    select * from {{ ref('fct_assessment_version') }}
    qualify row_number() over (partition by person_kind, id, month order by version_no desc) = 1

),

outlived as (

    select versions.* rename (id as person_id, month as month_start)  -- noqa: RF02
    from versions
    anti join results
        on
            versions.person_kind = results.person_kind
            and versions.id = results.person_id
            and versions.month = results.month_start

),

together as (

    select
        results.*,
        versions.version_no
    from results
    left join versions
        on
            results.person_kind = versions.person_kind
            and results.person_id = versions.id
            and results.month_start = versions.month
    union all by name
    select
        * exclude (publication, restated_reason),
        true as is_closed
    from outlived

)

select
    person_kind,
    person_id as id,
    month_start as month, -- noqa: RF04
    version_no,
    is_closed,
    policy_version,
    content_sha,
    state,
    reason,
    role,
    home_team_id,
    agent_days,
    component_points,
    reward_points,
    complaint_points,
    error_points,
    fraud_points,
    team_points,
    clip_points,
    unrounded_total,
    total,
    is_excellent,
    measured_weight,
    quota,
    counted_complaints,
    rounding
from together
order by
    month_start,
    person_kind,
    person_id
