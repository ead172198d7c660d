{{ config(schema='measure') }}

-- One row per scope and period: customers, and those with exactly one contact in it.
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
    '' as kpi_group,
    numbers.scope_kind,
    numbers.scope_id,
    together.period_kind,
    together.period_start,
    together.customers::decimal(18, 4) as customers,
    together.single_contact_customers::decimal(18, 4) as single_contact_customers
from together
inner join numbers
    on together.scope_number = numbers.scope_number
