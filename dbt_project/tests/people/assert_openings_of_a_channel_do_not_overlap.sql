with

openings as (

    select * from {{ ref('int_opening__interval') }}

),

followed as (

    select
        *,
        lead(opens_at) over (partition by channel order by opens_at) as next_opens_at
    from openings

)

select
    channel,
    opens_at
from followed
where
    closes_at < opens_at
    or closes_at >= next_opens_at
