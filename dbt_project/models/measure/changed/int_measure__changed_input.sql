-- One row per input of the measures and local date, or without a date, that is not as the last complete build found it.
with

inputs as (

    select * from {{ ref('int_measure__input_day') }}

),

inputs_before as (

    select * from {{ ref('stg_measured_input') }}

)

{{ changed_inputs(['input_name', 'input_date'], undated='input_date') }}
