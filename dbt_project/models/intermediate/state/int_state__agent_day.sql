with

pieces as (

    select * from {{ ref('int_state__piece') }}

),

segments as (

    select * from {{ ref('int_state__segment') }}

),

-- Whole milliseconds: sums of them are the same in any order.
timed_pieces as (

    select
        agent_id,
        agent_date,
        activity,
        epoch_ms(ends_at) - epoch_ms(starts_at) as milliseconds
    from pieces

),

by_activity as (

    select
        agent_id,
        agent_date,
        sum(if(activity = 'ready', milliseconds, 0)) as ready_ms,
        sum(if(activity = 'busy', milliseconds, 0)) as busy_ms,
        sum(if(activity in ('away', 'meal'), milliseconds, 0)) as away_ms,
        sum(if(activity = 'training', milliseconds, 0)) as training_ms,
        sum(if(activity = 'wrap_up', milliseconds, 0)) as wrap_up_state_ms
    from timed_pieces
    group by agent_id, agent_date

),

timed_segments as (

    select
        agent_id,
        agent_date,
        open_legs,
        engaged_contacts,
        is_engaged,
        is_ready,
        is_signed_in,
        epoch_ms(ends_at) - epoch_ms(starts_at) as milliseconds
    from segments

),

by_overlap as (

    select
        agent_id,
        agent_date,
        sum(if(is_signed_in, milliseconds, 0)) as signed_in_ms,
        sum(if(is_engaged, milliseconds, 0)) as engaged_ms,
        sum(engaged_contacts * milliseconds) as engaged_sum_ms,
        sum(if(is_ready and not is_engaged, milliseconds, 0)) as available_ms,
        max(open_legs) as peak_concurrent_legs
    from timed_segments
    group by agent_id, agent_date

)

select
    by_activity.agent_id,
    by_activity.agent_date,
    cast(by_overlap.signed_in_ms * 0.001 as decimal(18, 3)) as signed_in_seconds,
    cast(by_activity.ready_ms * 0.001 as decimal(18, 3)) as ready_seconds,
    cast(by_activity.busy_ms * 0.001 as decimal(18, 3)) as busy_seconds,
    cast(by_activity.away_ms * 0.001 as decimal(18, 3)) as away_seconds,
    cast(by_activity.training_ms * 0.001 as decimal(18, 3)) as training_seconds,
    cast(by_activity.wrap_up_state_ms * 0.001 as decimal(18, 3)) as wrap_up_state_seconds,
    cast(by_overlap.engaged_ms * 0.001 as decimal(18, 3)) as engaged_seconds,
    cast(by_overlap.engaged_sum_ms * 0.001 as decimal(18, 3)) as engaged_sum_seconds,
    cast(by_overlap.available_ms * 0.001 as decimal(18, 3)) as available_seconds,
    by_overlap.peak_concurrent_legs
from by_activity
inner join by_overlap
    on
        by_activity.agent_id = by_overlap.agent_id
        and by_activity.agent_date = by_overlap.agent_date
