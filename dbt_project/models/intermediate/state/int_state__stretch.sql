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

-- Signed in is any state but offline, so time offline needs no row.
begun as (

    select
        source_id,
        agent_id,
        state,
        started_at,
        ended_at,
        next_started_at,
        started_at + to_hours((select settings.open_state_hours from settings)) as open_until
    from states
    where state != 'offline'

),

sign_offs as (

    select
        source_id,
        agent_id,
        started_at as signed_off_at,
        arg_min(
            struct_pack(
                signed_in_at := started_at - to_milliseconds(cast(1000 * signed_in_seconds as bigint))
            ),
            is_pause_change
        ) as sign_off
    from states
    where state = 'offline'
    group by source_id, agent_id, started_at

),

-- A state without an end lasts until that account's next one; one that never ends is cut after the set number of hours,
-- unless the sign-off states that the account was signed in all the while. What is followed before these hours are over
-- needs no sign-off: hardly any other state has to be looked for among them.
closed as (

    select
        source_id,
        agent_id,
        agent_id as known_as,
        state,
        started_at,
        next_started_at,
        coalesce(ended_at, least(next_started_at, open_until)) as ended_at
    from begun
    where
        ended_at is not null
        or next_started_at is null
        or next_started_at <= open_until
    union all by name
    select
        long_open.source_id,
        long_open.agent_id,
        long_open.agent_id as known_as,
        long_open.state,
        long_open.started_at,
        long_open.next_started_at,
        if(
            sign_offs.sign_off.signed_in_at <= long_open.open_until,
            long_open.next_started_at,
            long_open.open_until
        ) as ended_at
    from (
        select *
        from begun
        where ended_at is null and next_started_at > open_until
    ) as long_open
    asof left join sign_offs
        on
            long_open.source_id = sign_offs.source_id
            and long_open.agent_id = sign_offs.agent_id
            and long_open.started_at < sign_offs.signed_off_at

),

-- Whose time it is, is settled by who held the account when the state began.
held as (

    {{ by_account('closed', 'agent_id', 'started_at') }}

),

signed_in as (

    select
        source_id,
        known_as,
        agent_id,
        state,
        started_at,
        least(ended_at, (select as_of.as_of from as_of)) as ended_at,
        coalesce(ended_at > next_started_at, false) as is_into_next_of_account
    from held
    where started_at < least(ended_at, (select as_of.as_of from as_of))

),

-- Of one account states overlap only where a stated end comes after the next one began: whoever has one account and no
-- such end, as most agents have, has none that do, and putting his in order would tell nothing.
maybe_tangling as (

    select agent_id
    from (
        select
            agent_id,
            bool_or(is_into_next_of_account) as is_into_next
        from signed_in
        group by agent_id, source_id, known_as
    ) as by_account
    group by agent_id
    having
        count(*) > 1
        or bool_or(is_into_next)

),

to_order as (

    select signed_in.*
    from signed_in
    semi join maybe_tangling on signed_in.agent_id = maybe_tangling.agent_id

),

in_order as (

    select
        *,
        coalesce(started_at < lag(ended_at) over by_agent, false) as is_in_last,
        coalesce(lead(started_at) over by_agent < ended_at, false) as is_into_next
    from to_order
    window by_agent as (partition by agent_id order by started_at, ended_at, state, source_id)

),

-- Who has no two states in a row that overlap has none at all that do, and looking back on all that came before costs
-- three times as much as on the last.
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
    signed_in.source_id,
    signed_in.agent_id,
    signed_in.state,
    signed_in.started_at,
    signed_in.ended_at,
    false as is_in_earlier,
    false as is_overlapping
from signed_in
anti join tangling on signed_in.agent_id = tangling.agent_id
