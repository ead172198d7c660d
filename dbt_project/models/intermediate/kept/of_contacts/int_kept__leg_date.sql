-- One row per date of contacts and local date on which agents had legs of them or the wrap-ups of these: how many
-- stretches of time touch it, a digest of them, and to when they reach. An open leg reaches on: its contact is of a
-- date that is made anew each time until it has an end.
with

legs as (

    select * from {{ ref('int_kept__leg') }}
    where {{ on_remade_dates() }}

),

wrap_ups as (

    select * from {{ ref('int_kept__wrap_up') }}
    where {{ on_remade_dates() }}

),

-- As a subquery below: the zone as a column of a join would be looked up for each row, at ten times the cost.
settings as (

    select * from {{ ref('stg_centre_setting') }}

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

spans as (

    select
        contact_date,
        agent_id,
        'leg' as activity,
        connected_at as started_at,
        ended_at
    from legs
    where
        agent_id is not null
        and not is_test
    union all
    select
        contact_date,
        agent_id,
        'leg_wrap_up' as activity,
        started_at,
        ended_at
    from wrap_ups

),

reaching as (

    select
        spans.contact_date,
        spans.started_at,
        coalesce(spans.ended_at, as_of.as_of) as seen_until,
        coalesce(spans.ended_at, cast('infinity' as timestamptz)) as reaches_to,
        hash(spans, reverse(spans.agent_id)) as span_hash  -- noqa: RF02
    from spans
    cross join as_of

),

spread as (

    select
        contact_date,
        reaches_to,
        span_hash,
        unnest(range(
            cast(timezone((select settings.time_zone from settings), started_at) as date),
            cast(timezone((select settings.time_zone from settings), seen_until - interval 1 microsecond) as date)
            + interval 1 day,
            interval 1 day
        )) as touched_at
    from reaching
    where started_at < seen_until

)

select
    contact_date,
    cast(touched_at as date) as agent_date,
    count(*) as row_count,
    cast(sum(span_hash) as varchar) as digest,
    max(reaches_to) as reaches_to
from spread
group by all
