{{ config(materialized='ephemeral') }}

-- What accounts are known to have done: their states, sign-ins whose record was lost but which a sign-off proves, and
-- without changes of a pause of those who were signed off.
with

states as (

    select * from {{ ref('stg_agent_states') }}
    where agent_id is not null

),

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

sign_ins as (

    select
        source_id,
        agent_id,
        state,
        started_at
    from states
    where not is_pause_change

),

-- The source rounds, so a sign-in within two seconds of the stated one is that one.
sign_offs as (

    select
        source_id,
        agent_id,
        started_at - to_milliseconds(cast(1000 * signed_in_seconds as bigint)) as signed_in_at,
        least(
            started_at - to_milliseconds(cast(1000 * signed_in_seconds as bigint)) + interval 2 second,
            started_at - interval 1 microsecond
        ) as signed_in_by
    from states
    where
        state = 'offline'
        and signed_in_seconds > 0

),

proven as (

    select
        sign_offs.source_id,
        sign_offs.agent_id,
        'ready' as state,
        sign_offs.signed_in_at as started_at,
        false as is_pause_change
    from sign_offs
    cross join settings
    asof left join sign_ins
        on
            sign_offs.source_id = sign_ins.source_id
            and sign_offs.agent_id = sign_ins.agent_id
            and sign_offs.signed_in_by >= sign_ins.started_at
    where
        sign_ins.state is null
        or sign_ins.state = 'offline'
        or sign_ins.started_at + to_hours(settings.open_state_hours) < sign_offs.signed_in_at

),

known as (

    select
        source_id,
        agent_id,
        state,
        started_at,
        ended_at,
        is_pause_change,
        signed_in_seconds
    from states
    union all by name
    select * from proven

)

-- Of one instant the sign-in or sign-off counts first: who is added in pause is paused, and who is unpaused as he
-- leaves has left. What is left out follows a sign-off or more of its kind: after any other row the next one of all is
-- the next one that counts, and to put the rest in order once more would cost as much again.
select
    source_id,
    agent_id,
    state,
    started_at,
    ended_at,
    is_pause_change,
    signed_in_seconds,
    if(state = 'offline', null, lead(started_at) over of_account) as next_started_at
from known
window of_account as (partition by source_id, agent_id order by started_at, is_pause_change)
qualify
    not is_pause_change
    or last_value(if(is_pause_change, null, state) ignore nulls) over (
        of_account rows between unbounded preceding and current row
    ) is distinct from 'offline'
