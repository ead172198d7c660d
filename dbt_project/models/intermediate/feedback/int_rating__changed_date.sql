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

)

select coalesce(inputs.contact_date, inputs_before.contact_date) as changed_date
from inputs
full outer join inputs_before on inputs.contact_date = inputs_before.contact_date
where
    inputs.digest is distinct from inputs_before.digest
    or inputs.row_count is distinct from inputs_before.row_count
union
select remade_date
from remade_dates
union
select changed_date
from pending_dates
