-- One row per local date whose ratings are made anew: dates whose contacts are, dates whose invitations are not those
-- of the last complete build, and what a build that was cut off had begun.
with

inputs as (

    select * from {{ ref('int_rating__input_day') }}

),

inputs_before as (

    select * from {{ ref('stg_rating_input') }}

),

remade_dates as (

    select * from {{ ref('stg_remade_date') }}

),

pending_dates as (

    select * from {{ ref('stg_pending_rating_date') }}

),

changed_inputs as (

    {{ changed_inputs(['contact_date']) }}

)

select contact_date as changed_date
from changed_inputs
union
select remade_date
from remade_dates
union
select changed_date
from pending_dates
