with

spans as (

    select * from {{ ref('int_opening__span') }}

),

marked as (

    select
        channel,
        opens_at,
        closes_at,
        max(closes_at) over (
            partition by channel
            order by opens_at, closes_at
            rows between unbounded preceding and 1 preceding
        ) as reached_at
    from spans

),

numbered as (

    select
        channel,
        opens_at,
        closes_at,
        sum(if(opens_at <= reached_at, 0, 1)) over (
            partition by channel
            order by opens_at, closes_at
        ) as interval_number
    from marked

),

-- Shifts that touch or overlap are one opening.
merged as (

    select
        channel,
        min(opens_at) as opens_at,
        max(closes_at) as closes_at
    from numbered
    group by channel, interval_number

),

-- An opening of no length in front: any instant of a channel with hours finds the opening before it.
with_start as (

    select * from merged
    union all
    select distinct
        channel,
        timestamptz '1800-01-01 00:00:00+00' as opens_at,
        timestamptz '1800-01-01 00:00:00+00' as closes_at
    from {{ ref('stg_opening_hour') }}

)

select
    channel,
    opens_at,
    closes_at,
    cast(
        0.001 * coalesce(
            sum(epoch_ms(closes_at) - epoch_ms(opens_at)) over (
                partition by channel
                order by opens_at
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as decimal(18, 3)
    ) as seconds_before
from with_start
