with

pieces as (

    select * from {{ ref('int_state__piece') }}

),

-- One running sum carries three counts, three times as fast as three sums: open legs in units of 1, wrap-ups in units
-- of a million, and the state in units of a million millions (3 wrap-up, 2 ready, 1 any other; states never overlap).
weighed as (

    select
        agent_id,
        agent_date,
        starts_at,
        ends_at,
        case activity
            when 'leg' then 1
            when 'leg_wrap_up' then 1000000
            when 'wrap_up' then 3000000000000
            when 'ready' then 2000000000000
            else 1000000000000
        end as weight
    from pieces

),

changes as (

    select
        agent_id,
        agent_date,
        starts_at as changed_at,
        weight
    from weighed
    union all
    select
        agent_id,
        agent_date,
        ends_at as changed_at,
        -weight as weight
    from weighed

),

-- All changes of one instant count together: intervals are half open, what ends as another begins does not overlap it.
running as (

    select
        agent_id,
        agent_date,
        changed_at as starts_at,
        lead(changed_at) over swept as ends_at,
        cast(sum(weight) over swept as bigint) as total_weight
    from changes
    window swept as (partition by agent_id, agent_date order by changed_at)

),

counted as (

    select
        agent_id,
        agent_date,
        starts_at,
        ends_at,
        total_weight % 1000000 as open_legs,
        total_weight % 1000000 + total_weight % 1000000000000 // 1000000 as legs_and_wrap_ups,
        total_weight // 1000000000000 as activity
    from running
    where
        starts_at < ends_at
        and total_weight > 0

)

-- Whoever wraps up without a leg to show for it is engaged with one contact.
select
    agent_id,
    agent_date,
    starts_at,
    ends_at,
    open_legs,
    greatest(legs_and_wrap_ups, cast(activity = 3 as bigint)) as engaged_contacts,
    legs_and_wrap_ups > 0 or activity = 3 as is_engaged,
    activity = 2 as is_ready,
    activity > 0 as is_signed_in
from counted
