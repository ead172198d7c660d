-- Percentiles come from turns and means from legs: both must speak of the same turns.
with

legs as (

    select * from {{ ref('fct_contact_leg') }}
    where {{ on_remade_dates() }}

),

turns as (

    select
        leg_key,
        count(*) as turns,
        sum(response_seconds) as response_seconds
    from {{ ref('fct_message_turn') }}
    where {{ on_remade_dates() }}
    group by leg_key

)

select legs.leg_key
from legs
full join turns on legs.leg_key = turns.leg_key
where
    coalesce(legs.response_turns, 0) != coalesce(turns.turns, 0)
    or coalesce(legs.response_seconds, 0) != coalesce(turns.response_seconds, 0)
