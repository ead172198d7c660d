-- One row per KPI group, scope and period: customers, and those with exactly one contact in it; the rows of a group
-- are what incidents take out.
with

calendar_periods as (

    select * from {{ ref('int_measure__customer_calendar') }}

),

trailing_periods as (

    select * from {{ ref('int_measure__customer_trailing') }}

),

numbers as (

    select * from {{ ref('int_measure__scope_number') }}

),

together as (

    select * from calendar_periods
    union all
    select * from trailing_periods

)

select
    together.kpi_group,
    numbers.scope_kind,
    numbers.scope_id,
    together.period_kind,
    together.period_start,
    coalesce(together.customers, 0)::decimal(18, 4) as customers,
    coalesce(together.single_contact_customers, 0)::decimal(18, 4) as single_contact_customers
from together
inner join numbers
    on together.scope_number = numbers.scope_number
