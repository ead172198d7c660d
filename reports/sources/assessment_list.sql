-- How each month came out for everybody whom a version of the policy is for: what the total is made of, and what kept it from one.
select
    month,
    person_kind,
    id as person_id,
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
    total,
    is_excellent,
    measured_weight,
    quota,
    counted_complaints,
    rounding
from scorecard.fct_assessment
where state != 'no_policy'
order by month, list_position(['team', 'manager', 'agent'], person_kind), home_team_id, person_id
