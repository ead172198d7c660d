with

states as (

    select * from {{ ref('int_state__interval') }}

),

dates as (

    select * from {{ ref('int_agent__date') }}

),

-- A date by each of the days since 1970, in UTC, that it has a part of: what is equal is found at half the cost of the
-- last that began before, or of asking for the local clock.
days as (

    select
        *,
        unnest(
            range(epoch_us(starts_at) // 86400000000, (epoch_us(ends_at) - 1) // 86400000000 + 1)
        ) as day_number
    from dates

),

-- Nearly all lie within one date, that of their first instant.
begun as (

    select
        states.agent_id,
        states.state,
        states.started_at,
        states.ended_at,
        days.agent_date,
        coalesce(states.ended_at <= days.ends_at, false) as is_within
    from states
    left join days
        on
            epoch_us(states.started_at) // 86400000000 = days.day_number
            and states.started_at >= days.starts_at
            and states.started_at < days.ends_at

)

select
    agent_id,
    agent_date,
    state as activity,
    started_at as starts_at,
    ended_at as ends_at
from begun
where
    is_within
    and started_at < ended_at
union all
select
    begun.agent_id,
    dates.agent_date,
    begun.state as activity,
    greatest(begun.started_at, dates.starts_at) as starts_at,
    least(begun.ended_at, dates.ends_at) as ends_at
from begun
inner join dates
    on
        begun.started_at < dates.ends_at
        and begun.ended_at > dates.starts_at
where not begun.is_within
