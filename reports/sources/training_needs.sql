-- Which knowledge points cost most, for the centre and each team, by period: by uses times the lower bound of the part that
-- was wrong, so that a small sample cannot lead the list; those with too few checks apart, by uses.
select
    scope_kind, scope_id, period_kind, period_start, knowledge_point, uses, checked, wrong, rate, ci_lower, ci_upper,
    expected_wrong, priority, is_check_more, position, agents_wrong, case_codes
from scorecard.fct_training_need
where ($scope_kind is null or scope_kind = $scope_kind)
    and ($scope_id is null or scope_id = $scope_id)
order by period_kind, period_start, is_check_more, position
