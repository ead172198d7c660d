-- One row per input of the measures and local date as this build found it, for the next one to compare with. Written
-- after the dates that differ: a build that is cut off in between leaves these.
-- depends_on: {{ ref('int_measure__changed_date') }}
with

inputs as (

    select * from {{ ref('int_measure__input_day') }}

)

select
    input_name,
    input_date,
    row_count,
    digest
from inputs
