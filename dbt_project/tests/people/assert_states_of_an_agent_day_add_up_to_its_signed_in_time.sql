select
    agent_id,
    agent_date
from {{ ref('fct_agent_day') }}
where signed_in_seconds != ready_seconds + busy_seconds + away_seconds + training_seconds + wrap_up_state_seconds
