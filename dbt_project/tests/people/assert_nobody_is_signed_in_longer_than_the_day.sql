with

agent_days as (

    select * from {{ ref('fct_agent_day') }}

),

dates as (

    select * from {{ ref('int_agent__date') }}

)

-- A day has 23 to 25 hours; engaged time is a union, so it can't be longer either.
select
    agent_days.agent_id,
    agent_days.agent_date
from agent_days
inner join dates on agent_days.agent_date = dates.agent_date
where
    greatest(agent_days.signed_in_seconds, agent_days.engaged_seconds)
    > (epoch_ms(dates.ends_at) - epoch_ms(dates.starts_at)) * 0.001
