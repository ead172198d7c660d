-- One row per scope with a number, since grouping millions of times by two texts costs more than the percentiles.
with

scopes as (

    select * from {{ ref('dim_scope') }}

)

select
    scope_kind,
    scope_id,
    row_number() over (order by scope_kind, scope_id)::integer as scope_number
from scopes
