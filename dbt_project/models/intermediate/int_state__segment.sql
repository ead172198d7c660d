with

pieces as (

    select * from {{ ref('int_state__piece') }}

),

-- What begins counts +1, what ends -1; ends and starts at one instant cancel out, so intervals are half open.
deltas as (

    select
        agent_id,
        agent_date,
        starts_at as changed_at,
        if(activity = 'leg', 1, 0) as legs,
        if(activity in ('leg', 'leg_wrap_up', 'wrap_up'), 1, 0) as engagements,
        if(activity = 'ready', 1, 0) as readies,
        if(activity in ('leg', 'leg_wrap_up'), 0, 1) as sign_ins
    from pieces
    union all
    select
        agent_id,
        agent_date,
        ends_at as changed_at,
        if(activity = 'leg', -1, 0) as legs,
        if(activity in ('leg', 'leg_wrap_up', 'wrap_up'), -1, 0) as engagements,
        if(activity = 'ready', -1, 0) as readies,
        if(activity in ('leg', 'leg_wrap_up'), 0, -1) as sign_ins
    from pieces

),

changes as (

    select
        agent_id,
        agent_date,
        changed_at,
        sum(legs) as legs,
        sum(engagements) as engagements,
        sum(readies) as readies,
        sum(sign_ins) as sign_ins
    from deltas
    group by agent_id, agent_date, changed_at

),

running as (

    select
        agent_id,
        agent_date,
        changed_at as starts_at,
        lead(changed_at) over swept as ends_at,
        cast(sum(legs) over swept as bigint) as open_legs,
        sum(engagements) over swept > 0 as is_engaged,
        sum(readies) over swept > 0 as is_ready,
        sum(sign_ins) over swept > 0 as is_signed_in
    from changes
    window swept as (partition by agent_id, agent_date order by changed_at)

)

select
    agent_id,
    agent_date,
    starts_at,
    ends_at,
    open_legs,
    is_engaged,
    is_ready,
    is_signed_in
from running
where
    ends_at is not null
    and (open_legs > 0 or is_engaged or is_signed_in)
