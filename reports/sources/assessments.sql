-- The months of one agent, team or manager, the latest first.
select
    person_kind as scope_kind,
    id as scope_id,
    month,
    role,
    home_team_id,
    version_no,
    is_closed,
    policy_version,
    state as assessment_state,
    reason,
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
from scorecard.fct_assessment
where ($scope_kind is null or person_kind = $scope_kind)
    and ($scope_id is null or id = $scope_id)
order by scope_kind, scope_id, month desc
