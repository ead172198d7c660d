-- One row per set of scopes that some leg counts in, with a number: times that are alike are counted per set before
-- they are told for each scope of it.
with

work_scopes as (

    select * from {{ ref('int_measure__work_scope') }}

)

select
    scope_numbers,
    row_number() over (order by scope_numbers)::integer as set_number
from work_scopes
group by scope_numbers
