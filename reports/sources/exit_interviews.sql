-- With whom somebody talked about leaving, and the reasons named in these talks, in the centre and each team, most first.
select
    scope_kind, scope_id, period_kind, period_start, exit_reason, leavers, interviewed_outside, interviewed_inside, not_interviewed
from scorecard.fct_exit_reason
where ($scope_kind is null or scope_kind = $scope_kind)
    and ($scope_id is null or scope_id = $scope_id)
order by period_kind, period_start, exit_reason != '*', leavers desc, exit_reason
