select
    agent_id,
    agent_date
from {{ ref('int_team__member_day') }}
where is_home_team
group by agent_id, agent_date
having count(*) != 1
