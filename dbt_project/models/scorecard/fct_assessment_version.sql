-- What was published of each closed month, and what the publication to come tells for the first time or otherwise.
with

sealed as (

    select * from {{ ref('stg_assessment_version') }}

),

new_versions as (

    select * from {{ ref('int_assessment__new_version') }}

),

results as (

    select * from {{ ref('int_assessment__result') }}

),

together as (

    select * from sealed
    union all by name
    select
        new_versions.* rename (next_publication as publication),  -- noqa: RF02,RF04
        results.policy_version,
        results.content_sha,
        results.state,
        results.reason,
        results.role,
        results.home_team_id,
        results.agent_days,
        results.component_points,
        results.reward_points,
        results.complaint_points,
        results.error_points,
        results.fraud_points,
        results.team_points,
        results.clip_points,
        results.unrounded_total,
        results.total,
        results.is_excellent,
        results.measured_weight,
        results.quota,
        results.counted_complaints,
        results.rounding
    from new_versions
    inner join results
        on
            new_versions.person_kind = results.person_kind
            and new_versions.person_id = results.person_id
            and new_versions.month_start = results.month_start

)

select
    publication,
    person_kind,
    person_id as id,
    month_start as month, -- noqa: RF04
    version_no,
    restated_reason,
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
    person_id,
    version_no
