-- A join by the hour is a hash join: looking the opening up by its time alone (asof) sorts every message by time first,
-- and cost more than all else that is done with a reply.
with

openings as (

    select
        *,
        coalesce(
            lead(opens_at) over (partition by channel order by opens_at),
            'infinity'::timestamptz
        ) as next_opens_at
    from {{ ref('int_opening__interval') }}

),

bounds as (

    select * from {{ ref('int_opening__bounds') }}

),

hours as (

    select
        unnest(range(first_hour, last_hour + 1)) as hour_number,
        first_hour,
        last_hour
    from bounds

)

-- The first hour stands for all before it, and the last one for all after.
select
    openings.channel,
    hours.hour_number,
    openings.opens_at,
    openings.closes_at,
    openings.next_opens_at,
    (1000 * openings.seconds_before)::bigint - epoch_ms(openings.opens_at) as business_ms_less_opening
from hours
inner join openings
    on
        (
            openings.opens_at < make_timestamptz((hours.hour_number + 1) * 3600000000)
            or hours.hour_number = hours.last_hour
        )
        and (
            openings.next_opens_at > make_timestamptz(hours.hour_number * 3600000000)
            or hours.hour_number = hours.first_hour
        )
