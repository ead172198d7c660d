-- Which norms of the rubric are lived, for the centre and each team, by period: the lowest mean share first.
select
    scope_kind, scope_id, period_kind, period_start, item, applicable, in_full, full_rate, mean_share, mean_share_before, trend,
    agents, position, is_enough
from scorecard.fct_rubric_item
where ($scope_kind is null or scope_kind = $scope_kind)
    and ($scope_id is null or scope_id = $scope_id)
order by period_kind, period_start, position
