with

segments as (

    select * from {{ ref('int_state__segment') }}

),

dates as (

    select * from {{ ref('int_agent__date') }}

),

-- Half hours count from local midnight, 46 to 50 a day; most segments lie within one.
spread as (

    select
        segments.agent_id,
        segments.agent_date,
        segments.starts_at,
        segments.ends_at,
        segments.open_legs,
        segments.is_engaged,
        segments.is_ready,
        segments.is_signed_in,
        dates.starts_at as day_starts_at,
        unnest(range(
            (epoch_ms(segments.starts_at) - epoch_ms(dates.starts_at)) // 1800000,
            (epoch_ms(segments.ends_at) - epoch_ms(dates.starts_at) + 1799999) // 1800000
        )) as half_hour_number
    from segments
    inner join dates on segments.agent_date = dates.agent_date

),

cut as (

    select
        agent_id,
        agent_date,
        half_hour_number,
        day_starts_at + to_minutes(30 * half_hour_number) as half_hour_started_at,
        open_legs,
        is_engaged,
        is_ready,
        is_signed_in,
        least(epoch_ms(ends_at), epoch_ms(day_starts_at) + 1800000 * (half_hour_number + 1))
        - greatest(epoch_ms(starts_at), epoch_ms(day_starts_at) + 1800000 * half_hour_number) as milliseconds
    from spread

),

summed as (

    select
        agent_id,
        agent_date,
        half_hour_started_at,
        sum(if(is_signed_in, milliseconds, 0)) as signed_in_ms,
        sum(if(is_ready, milliseconds, 0)) as ready_ms,
        sum(if(is_engaged, milliseconds, 0)) as engaged_ms,
        sum(if(is_ready and not is_engaged, milliseconds, 0)) as available_ms,
        max(open_legs) as peak_concurrent_legs
    from cut
    group by agent_id, agent_date, half_hour_started_at

),

-- As with the day: the whole time on contacts of a date with states counts, that of a date without any does not.
judged as (

    select
        *,
        sum(signed_in_ms) over (partition by agent_id, agent_date) > 0 as is_state_day
    from summed

)

select
    agent_id,
    agent_date,
    half_hour_started_at,
    cast(signed_in_ms > 0 as bigint) as state_agent_days,
    cast(signed_in_ms * 0.001 as decimal(18, 3)) as signed_in_seconds,
    cast(ready_ms * 0.001 as decimal(18, 3)) as ready_seconds,
    cast(engaged_ms * 0.001 as decimal(18, 3)) as engaged_seconds,
    cast(available_ms * 0.001 as decimal(18, 3)) as available_seconds,
    cast(if(is_state_day, engaged_ms, 0) * 0.001 as decimal(18, 3)) as occupied_seconds,
    cast(if(is_state_day, engaged_ms + available_ms, 0) * 0.001 as decimal(18, 3)) as occupancy_seconds,
    peak_concurrent_legs
from judged
