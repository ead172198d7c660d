{{ config(schema='measure') }}

-- One row per scope and period: customers, and those with exactly one contact in it.
with

calendar_periods as (

    select * from {{ ref('int_measure__customer_calendar') }}

),

trailing_periods as (

    select * from {{ ref('int_measure__customer_trailing') }}

),

together as (

    select * from calendar_periods
    union all
    select * from trailing_periods

)

select
    '' as kpi_group,
    scope_kind,
    scope_id,
    period_kind,
    period_start,
    customers::decimal(18, 4) as customers,
    single_contact_customers::decimal(18, 4) as single_contact_customers
from together
