select
    agent_id,
    state,
    wall_clock(started_at) as started_at,
    -- Now and then somebody forgets to sign out: a state without an end.
    case when state = 'ready' and u('forgets', shift_key * 7 + epoch(started_at)::bigint % 7) < 0.004 then null
        else wall_clock(ended_at) end as ended_at,
    -- Leaders approve two of three changes to other work.
    if(is_approved, 'A0001', null) as approved_by,
    if(is_approved, wall_clock(started_at), null) as approved_at
from (
    select
        *,
        state in ('busy', 'away', 'meal', 'training')
        and u('approved', shift_key * 11 + length(state) + epoch(started_at)::bigint % 5) < 0.67 as is_approved
    from agent_state
) as agent_state
where worked_on = getvariable('day')::date and ended_at is not null and ended_at > started_at
    and (work != 'voice' or not getvariable('has_exchange'))
-- By instant, not by the text above: when the clocks go back, one wall clock time stands for two instants.
order by agent_state.started_at, agent_state.agent_id, agent_state.state
