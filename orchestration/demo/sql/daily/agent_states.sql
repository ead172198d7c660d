select
    agent_id,
    state,
    wall_clock(started_at) as started_at,
    -- Now and then somebody forgets to sign out: a state without an end.
    case when state = 'ready' and u('forgets', shift_key * 7 + epoch(started_at)::bigint % 7) < 0.004 then null
        else wall_clock(ended_at) end as ended_at
from agent_state
where worked_on = getvariable('day')::date and ended_at is not null and ended_at > started_at
    and (work != 'voice' or not getvariable('has_exchange'))
-- By instant, not by the text above: when the clocks go back, one wall clock time stands for two instants.
order by agent_state.started_at, agent_state.agent_id, agent_state.state
