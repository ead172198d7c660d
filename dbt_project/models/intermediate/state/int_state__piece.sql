with

state_pieces as (

    select * from {{ ref('int_state__state_piece') }}
    where {{ on_changed_dates('agent_date', 'int_state__changed_date') }}

),

-- Contacts of these dates have time on the dates that are made anew.
leg_dates as (

    select * from {{ ref('int_kept__leg_date') }}
    where {{ on_changed_dates('agent_date', 'int_state__changed_date') }}

),

legs as (

    select * from {{ ref('int_kept__leg') }}
    where contact_date in (select leg_dates.contact_date from leg_dates)

),

wrap_ups as (

    select * from {{ ref('int_kept__wrap_up') }}
    where contact_date in (select leg_dates.contact_date from leg_dates)

),

dates as (

    select * from {{ ref('int_agent__date') }}
    where {{ on_changed_dates('agent_date', 'int_state__changed_date') }}

),

-- As a subquery below: the zone as a column of a join would be looked up for each row, at ten times the cost.
settings as (

    select * from {{ ref('stg_centre_setting') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

-- A leg that is still open reaches to the latest instant covered by data.
agent_legs as (

    select
        legs.agent_id,
        legs.connected_at,
        least(legs.ended_at, as_of.as_of) as ended_at
    from legs
    cross join as_of
    where
        legs.agent_id is not null
        and not legs.is_test

),

spans as (

    select
        agent_id,
        'leg' as activity,
        connected_at as started_at,
        ended_at
    from agent_legs
    union all
    select
        agent_id,
        'leg_wrap_up' as activity,
        started_at,
        ended_at
    from wrap_ups

),

dated as (

    select
        spans.*,
        cast(timezone((select settings.time_zone from settings), spans.started_at) as date) as first_date,
        cast(
            timezone((select settings.time_zone from settings), spans.ended_at - interval 1 microsecond) as date
        ) as last_date
    from spans
    where spans.started_at < spans.ended_at

),

-- One row per local date touched: almost always one, two over midnight, more for chats left open for days.
spread as (

    select
        *,
        unnest(range(first_date, last_date + interval 1 day, interval 1 day)) as touched_at
    from dated

)

select
    agent_id,
    agent_date,
    activity,
    starts_at,
    ends_at
from state_pieces
union all
select
    spread.agent_id,
    dates.agent_date,
    spread.activity,
    greatest(spread.started_at, dates.starts_at) as starts_at,
    least(spread.ended_at, dates.ends_at) as ends_at
from spread
inner join dates on cast(spread.touched_at as date) = dates.agent_date
