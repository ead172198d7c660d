-- Days on which agents had contacts while none of their states came, though the source records states: they stand in no
-- rate per hour or day.
select
    agent_date,
    sum(state_agent_days)::bigint as agents_with_states,
    sum(agent_days_states_missing)::bigint as agents_without_states
from scorecard.fct_agent_day
group by agent_date
having sum(agent_days_states_missing) > 0
order by agent_date desc
limit 100
