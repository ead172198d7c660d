-- A join by the hour is a hash join: looking the opening up by its time alone (asof) sorts every message by time first,
-- and cost more than all else that is done with a reply.
with

openings as (

    select
        *,
        lead(opens_at) over (partition by channel order by opens_at) as next_at
    from {{ ref('int_opening__interval') }}

),

bounds as (

    select * from {{ ref('int_opening__bounds') }}

),

-- From the hour of an opening to the one in which the next is still to come. The first hour stands for all before it,
-- and the last one for all after.
touched as (

    select
        openings.*,
        greatest(
            least(floor(epoch_us(openings.opens_at) / 3600000000)::bigint, bounds.last_hour), bounds.first_hour
        ) as from_hour,
        least(
            greatest(
                coalesce(ceil(epoch_us(openings.next_at) / 3600000000)::bigint - 1, bounds.last_hour),
                bounds.first_hour
            ),
            bounds.last_hour
        ) as to_hour
    from openings
    cross join bounds

)

select
    channel,
    unnest(range(from_hour, to_hour + 1)) as hour_number,
    opens_at,
    closes_at,
    coalesce(next_at, 'infinity'::timestamptz) as next_opens_at,
    (1000 * seconds_before)::bigint - epoch_ms(opens_at) as business_ms_less_opening
from touched
