-- Who was listened to in the centre and each team, by period: by which levels, what they concluded, and on which list that puts
-- him. Lists say who is to be looked at; nobody is scored by them.
select
    scope_kind, scope_id, period_kind, period_start, agent_id, sessions, by_director, by_duty_manager, by_supervisor,
    by_team_leader, excellent, ordinary, needing_training, severe_errors, last_heard_on, last_conclusion, monitoring_list
from scorecard.fct_monitoring_list
where monitoring_list is not null
    and ($scope_kind is null or scope_kind = $scope_kind)
    and ($scope_id is null or scope_id = $scope_id)
order by period_kind, period_start, last_heard_on desc nulls last, agent_id
