-- One row: the first local date of which something changed that the days between contacts are made from. Those are
-- contacts, who is in which team, and what incidents take out; an input without a date changes none of them.
with

remade_dates as (

    select * from {{ ref('stg_remade_date') }}

),

pending_dates as (

    select * from {{ ref('stg_pending_date') }}

),

changed_inputs as (

    select * from {{ ref('int_measure__changed_input') }}
    where input_name in ('team', 'team_elsewhere', 'excluded')

),

together as (

    select remade_date as since_date
    from remade_dates
    union all
    select changed_date as since_date
    from pending_dates
    union all
    select input_date as since_date
    from changed_inputs

)

select min(since_date) as since_date
from together
