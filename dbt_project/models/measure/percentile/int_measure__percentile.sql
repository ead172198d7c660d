-- One row per kind of time, scope and calendar period: exact nearest-rank p50 and p90.
with

numbers as (

    select * from {{ ref('int_measure__scope_number') }}

),

together as (

    select * from {{ ref('int_measure__percentile_short') }}
    union all
    select * from {{ ref('int_measure__percentile_long') }}

)

select
    together.percentile_fact,
    numbers.scope_kind,
    numbers.scope_id,
    together.period_kind,
    together.period_start,
    together.p50,
    together.p90
from together
inner join numbers
    on together.scope_number = numbers.scope_number
