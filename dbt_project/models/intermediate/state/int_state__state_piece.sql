with

states as (

    select * from {{ ref('int_state__interval') }}

),

dates as (

    select * from {{ ref('int_agent__date') }}

),

-- Nearly all lie within one date: it is found by its first instant, at half the cost of asking for the local clock.
begun as (

    select
        states.agent_id,
        states.state,
        states.started_at,
        states.ended_at,
        dates.agent_date,
        coalesce(states.ended_at <= dates.ends_at, false) as is_within
    from states
    asof left join dates on states.started_at >= dates.starts_at

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
