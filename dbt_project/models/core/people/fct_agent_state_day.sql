with

pieces as (

    select * from {{ ref('int_state__state_piece') }}

)

select
    agent_id,
    agent_date,
    activity as state,
    cast(sum(epoch_ms(ends_at) - epoch_ms(starts_at)) * 0.001 as decimal(18, 3)) as state_seconds,
    count(*) as state_intervals
from pieces
group by agent_id, agent_date, activity
