select team_id, name, parent_team_id, kind, '2020-01-01' as valid_from
from team
order by team_id
