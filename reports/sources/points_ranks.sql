-- Who stands where by points, among those of a team, of a tenure and of the centre, in the last six windows; whom a reader may
-- see is in the policy.
select
    peer_kind as scope_kind, peer_id as scope_id, window_kind as period_kind, window_start as period_start, window_end as period_end,
    is_open, agent_id, agent_name, home_team_id, points::double as points, entries, likes, place, people, names, policy_version
from scorecard.fct_points_rank
where ($scope_kind is null or peer_kind = $scope_kind)
    and ($scope_id is null or peer_id = $scope_id)
qualify dense_rank() over (order by window_start desc) <= 6
order by period_start desc, place, agent_id
