{{ config(materialized='ephemeral') }}

with

states as (

    select * from {{ ref('int_state__change') }}

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

-- Whose time it is, is settled by who held the account when the state began.
identified as (

    select
        states.source_id,
        coalesce(accounts.agent_id, states.agent_id) as agent_id,
        states.state,
        states.started_at,
        states.ended_at,
        lead(states.started_at) over of_account as next_started_at,
        first_value(
            if(
                states.state = 'offline',
                struct_pack(
                    signed_in_at := states.started_at - to_milliseconds(cast(1000 * states.signed_in_seconds as bigint))
                ),
                null
            ) ignore nulls
        ) over (of_account rows between 1 following and unbounded following) as sign_off
    from states
    asof left join accounts
        on
            states.source_id = accounts.source_id
            and states.agent_id = accounts.account
            and states.started_at >= accounts.mapped_from
    window of_account as (
        partition by states.source_id, states.agent_id
        order by states.started_at, states.is_pause_change
    )

),

-- A state without an end lasts until that account's next one; one that never ends is cut after the set number of hours,
-- unless the sign-off states that the account was signed in all the while.
ended as (

    select
        identified.source_id,
        identified.agent_id,
        identified.state,
        identified.started_at,
        least(
            coalesce(
                identified.ended_at,
                least(
                    identified.next_started_at,
                    if(
                        identified.sign_off.signed_in_at
                        <= identified.started_at + to_hours(settings.open_state_hours),
                        identified.next_started_at,
                        identified.started_at + to_hours(settings.open_state_hours)
                    )
                )
            ),
            as_of.as_of
        ) as ended_at
    from identified
    cross join settings
    cross join as_of

),

-- Signed in is any state but offline, so time offline needs no row.
signed_in as (

    select *
    from ended
    where
        state != 'offline'
        and started_at < ended_at

),

in_order as (

    select
        *,
        coalesce(started_at < lag(ended_at) over by_agent, false) as is_in_last,
        coalesce(lead(started_at) over by_agent < ended_at, false) as is_into_next
    from signed_in
    window by_agent as (partition by agent_id order by started_at, ended_at, state, source_id)

),

-- Who has no two states in a row that overlap has none at all that do: most agents, and looking back on all that came
-- before costs three times as much as on the last.
tangling as (

    select distinct agent_id
    from in_order
    where is_in_last or is_into_next

),

tangled as (

    select
        in_order.*,
        max(in_order.ended_at) over (
            partition by in_order.agent_id
            order by in_order.started_at, in_order.ended_at, in_order.state, in_order.source_id
            rows between unbounded preceding and 1 preceding
        ) as reached_at
    from in_order
    semi join tangling on in_order.agent_id = tangling.agent_id

)

select
    source_id,
    agent_id,
    state,
    started_at,
    ended_at,
    coalesce(started_at < reached_at, false) as is_in_earlier,
    coalesce(started_at < reached_at, false) or is_into_next as is_overlapping
from tangled
union all
select
    in_order.source_id,
    in_order.agent_id,
    in_order.state,
    in_order.started_at,
    in_order.ended_at,
    false as is_in_earlier,
    false as is_overlapping
from in_order
anti join tangling on in_order.agent_id = tangling.agent_id
