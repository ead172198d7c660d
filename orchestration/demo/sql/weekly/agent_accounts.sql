select 'pbx' as source_id, account, agent_id, valid_from::varchar as valid_from
from account
where valid_from <= getvariable('known_on')::date
order by account, valid_from
