with

source as (

    select * from {{ source('history', 'assessment_version') }}

)

select
    publication,
    person_kind,
    id as person_id,
    month as month_start,
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
from source
