with

pieces as (

    select * from {{ ref('int_state__piece') }}
    where activity not in ('leg', 'leg_wrap_up')

)

select
    agent_id,
    agent_date,
    activity as state,
    cast(sum(epoch_ms(ends_at) - epoch_ms(starts_at)) * 0.001 as decimal(18, 3)) as state_seconds,
    count(*) as state_intervals
from pieces
group by agent_id, agent_date, activity
