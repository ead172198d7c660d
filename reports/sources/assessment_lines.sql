-- What each month of an agent, team or manager is made of: the lines of a total add up to it before it is rounded.
select
    person_kind as scope_kind,
    id as scope_id,
    month,
    line_no,
    kind as line_kind,
    kpi_id as line_kpi,
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
    policy_version,
    formula_version,
    target_version
from scorecard.fct_assessment_line
where ($scope_kind is null or person_kind = $scope_kind)
    and ($scope_id is null or id = $scope_id)
order by scope_kind, scope_id, month desc, line_no
