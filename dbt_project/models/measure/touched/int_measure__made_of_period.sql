-- One row per input of values and period as this build found it, for the next one to compare with. Written after the
-- periods that differ: a build that is cut off in between leaves these.
-- depends_on: {{ ref('int_measure__touched_period') }}
with

inputs as (

    select * from {{ ref('int_measure__input_period') }}

)

select
    input_name,
    period_kind,
    period_start,
    row_count,
    digest
from inputs
