-- The versions of the closed months of an agent, team or manager, the latest first, and why each was made.
select
    person_kind as scope_kind,
    id as scope_id,
    month,
    version_no,
    restated_reason,
    publication,
    policy_version,
    state as assessment_state,
    reason,
    component_points,
    reward_points,
    complaint_points,
    error_points,
    fraud_points,
    team_points,
    clip_points,
    total,
    is_excellent,
    rounding
from scorecard.fct_assessment_version
where ($scope_kind is null or person_kind = $scope_kind)
    and ($scope_id is null or id = $scope_id)
order by scope_kind, scope_id, month desc, version_no desc
