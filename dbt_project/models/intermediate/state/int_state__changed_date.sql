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

),

changed_inputs as (

    {{ changed_inputs(['agent_date']) }}

)

select agent_date as changed_date
from changed_inputs
union
select changed_date
from pending_dates
