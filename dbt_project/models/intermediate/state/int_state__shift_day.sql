{{ config(materialized='ephemeral') }}

-- One row per agent and local date with planned work: its seconds up to the latest instant covered by data, and
-- those of them in which he was signed in. Leave, training and meetings that lie within a shift are no work.
with

shifts as (

    select * from {{ ref('stg_shifts') }}

),

accounts as (

    select * from {{ ref('int_agent__account') }}

),

states as (

    select * from {{ ref('int_state__state_piece') }}

),

dates as (

    select * from {{ ref('int_agent__date') }}

),

-- As a subquery below: the zone as a column of a join would be looked up for each row, at ten times the cost.
settings as (

    select * from {{ ref('stg_centre_setting') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

planned as (

    select
        coalesce(accounts.agent_id, shifts.agent_id) as agent_id,
        shifts.shift_kind = 'work' as is_work,
        shifts.starts_at,
        least(shifts.ends_at, as_of.as_of) as ends_at
    from shifts
    cross join as_of
    asof left join accounts
        on
            shifts.source_id = accounts.source_id
            and shifts.agent_id = accounts.account
            and shifts.starts_at >= accounts.mapped_from
    where shifts.starts_at < as_of.as_of

),

-- Two plans of the same time are one.
begun as (

    select
        *,
        coalesce(
            starts_at > max(ends_at) over (
                partition by agent_id, is_work
                order by starts_at, ends_at
                rows between unbounded preceding and 1 preceding
            ),
            true
        ) as is_begin
    from planned
    where starts_at < ends_at

),

numbered as (

    select
        *,
        sum(cast(is_begin as integer)) over (partition by agent_id, is_work order by starts_at, ends_at) as span_number
    from begun

),

spans as (

    select
        agent_id,
        is_work,
        min(starts_at) as starts_at,
        max(ends_at) as ends_at
    from numbered
    group by agent_id, is_work, span_number

),

spread as (

    select
        *,
        unnest(range(
            cast(timezone((select settings.time_zone from settings), starts_at) as date),
            cast(timezone((select settings.time_zone from settings), ends_at - interval 1 microsecond) as date)
            + interval 1 day,
            interval 1 day
        )) as touched_at
    from spans

),

pieces as (

    select
        spread.agent_id,
        dates.agent_date,
        spread.is_work,
        greatest(spread.starts_at, dates.starts_at) as starts_at,
        least(spread.ends_at, dates.ends_at) as ends_at
    from spread
    inner join dates on cast(spread.touched_at as date) = dates.agent_date

),

-- Work counts, and what lies within it and is none is taken off again.
signed as (

    select
        agent_id,
        agent_date,
        starts_at,
        ends_at,
        1 as direction
    from pieces
    where is_work
    union all
    select
        planned_work.agent_id,
        planned_work.agent_date,
        greatest(planned_work.starts_at, apart.starts_at) as starts_at,
        least(planned_work.ends_at, apart.ends_at) as ends_at,
        -1 as direction
    from pieces as planned_work
    inner join pieces as apart
        on
            planned_work.agent_id = apart.agent_id
            and planned_work.agent_date = apart.agent_date
            and planned_work.starts_at < apart.ends_at
            and planned_work.ends_at > apart.starts_at
    where planned_work.is_work and not apart.is_work

),

planned_days as (

    select
        agent_id,
        agent_date,
        sum(direction * (epoch_ms(ends_at) - epoch_ms(starts_at))) as planned_ms
    from signed
    group by agent_id, agent_date

),

signed_in_days as (

    select
        signed.agent_id,
        signed.agent_date,
        sum(
            signed.direction
            * (
                least(epoch_ms(signed.ends_at), epoch_ms(states.ends_at))
                - greatest(epoch_ms(signed.starts_at), epoch_ms(states.starts_at))
            )
        ) as signed_in_ms
    from signed
    inner join states
        on
            signed.agent_id = states.agent_id
            and signed.agent_date = states.agent_date
            and signed.starts_at < states.ends_at
            and signed.ends_at > states.starts_at
    group by signed.agent_id, signed.agent_date

)

select
    planned_days.agent_id,
    planned_days.agent_date,
    cast(planned_days.planned_ms * 0.001 as decimal(18, 3)) as shift_seconds,
    cast(coalesce(signed_in_days.signed_in_ms, 0) * 0.001 as decimal(18, 3)) as shift_signed_in_seconds,
    1 as shift_days
from planned_days
left join signed_in_days
    on
        planned_days.agent_id = signed_in_days.agent_id
        and planned_days.agent_date = signed_in_days.agent_date
where planned_days.planned_ms > 0
