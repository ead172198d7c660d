-- The ledger of points of the last two windows, by the team that the agent was in: each entry names its record and the line of the
-- file that it came from.
select
    if(home_team_id is null, 'agent', 'team') as scope_kind, coalesce(home_team_id, agent_id) as scope_id, window_kind as period_kind,
    window_start as period_start, entry_date, agent_id, rule, points::double as points, entry_kind, note, record_kind, record_id,
    given_by, contact_key, contact_date, source_id || '/' || landing_day || '/' || file_name as landing_file, record_number, line_number, policy_version
from scorecard.fct_points_entry
where ($scope_kind is null or $scope_kind = if(home_team_id is null, 'agent', 'team'))
    and ($scope_id is null or coalesce(home_team_id, agent_id) = $scope_id)
qualify dense_rank() over (order by window_start desc) <= 2
order by entry_date desc, agent_id, entry_id
