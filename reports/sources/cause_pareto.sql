-- The causes of the errors of the centre and of each team, the departments behind avoidable contacts, and why invitations to rate did
-- not arrive, by period, most records first: the vital few of them, and the open plans about each.
select
    scope_kind, scope_id, family, period_kind, period_start, cause, events, total, share, cumulative_share, position, is_other,
    is_vital_few, is_tied, is_other_too_large, people, is_enough, plan_ids
from scorecard.fct_cause_pareto
where family in ('severe_error', 'general_error', 'avoidable', 'not_delivered')
    and scope_kind in ('centre', 'team')
    and ($scope_kind is null or scope_kind = $scope_kind)
    and ($scope_id is null or scope_id = $scope_id)
order by family, period_kind, period_start, position
