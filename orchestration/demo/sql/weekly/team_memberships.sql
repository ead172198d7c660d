select
    agent_id, team_id, valid_from::varchar as valid_from,
    case when valid_to <= getvariable('known_on')::date then valid_to::varchar end as valid_to,
    is_home_team::varchar as is_home_team
from membership
where valid_from <= getvariable('known_on')::date
order by agent_id, team_id, valid_from
