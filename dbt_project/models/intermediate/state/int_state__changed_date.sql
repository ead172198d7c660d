-- One row per local date on which the time of agents is made anew: dates whose pieces are not those of the last
-- complete build, and what a build that was cut off had begun.
with

inputs as (

    select * from {{ ref('int_state__input_day') }}

),

inputs_before as (

    select * from {{ ref('stg_state_input') }}

),

pending_dates as (

    select * from {{ ref('stg_pending_state_date') }}

)

select coalesce(inputs.agent_date, inputs_before.agent_date) as changed_date
from inputs
full outer join inputs_before on inputs.agent_date = inputs_before.agent_date
where
    inputs.digest is distinct from inputs_before.digest
    or inputs.row_count is distinct from inputs_before.row_count
union
select changed_date
from pending_dates
