-- One row per input of the measures and local date, or without a date, that is not as the last complete build found it.
with

inputs as (

    select * from {{ ref('int_measure__input_day') }}

),

inputs_before as (

    select * from {{ ref('stg_measured_input') }}

)

select
    coalesce(inputs.input_name, inputs_before.input_name) as input_name,
    coalesce(inputs.input_date, inputs_before.input_date) as input_date
from inputs
full outer join inputs_before
    on
        inputs.input_name = inputs_before.input_name
        and coalesce(inputs.input_date, '-infinity'::date) = coalesce(inputs_before.input_date, '-infinity'::date)
where
    inputs.digest is distinct from inputs_before.digest
    or inputs.row_count is distinct from inputs_before.row_count
