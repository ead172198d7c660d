-- One row per local date whose measures are made anew: dates whose contacts, ratings or states are, dates whose inputs
-- are not those of the last complete build, and what a build that was cut off had begun. An input without a date
-- changes them all.
with

remade_dates as (

    select * from {{ ref('stg_remade_date') }}

),

rating_dates as (

    select * from {{ ref('int_rating__changed_date') }}

),

state_dates as (

    select * from {{ ref('int_state__changed_date') }}

),

pending_dates as (

    select * from {{ ref('stg_pending_date') }}

),

inputs as (

    select * from {{ ref('int_measure__input_day') }}

),

inputs_before as (

    select * from {{ ref('stg_measured_input') }}

),

dates as (

    select * from {{ ref('int_agent__date') }}

),

changed as (

    select input_date as changed_date from {{ ref('int_measure__changed_input') }}

),

-- Also dates of which only contacts tell.
every_date as (

    select agent_date as changed_date
    from dates
    where (select bool_or(changed.changed_date is null) from changed)
    union
    select input_date
    from inputs
    where
        input_date is not null
        and (select bool_or(changed.changed_date is null) from changed)
    union
    select input_date
    from inputs_before
    where
        input_date is not null
        and (select bool_or(changed.changed_date is null) from changed)

)

select remade_date as changed_date
from remade_dates
union
select changed_date
from rating_dates
union
select changed_date
from state_dates
union
select changed_date
from pending_dates
union
select changed_date
from changed
where changed_date is not null
union
select changed_date
from every_date
