-- One row per KPI group, scope and calendar period: customers, and those with exactly one contact in it. A contact
-- is the customer's first of a period if the one before it lies before the period, and the only one if the next
-- lies after it too.
with

contacts as (

    select * from {{ ref('int_measure__customer_contact') }}

),

period_days as (

    select * from {{ ref('int_measure__period_day') }}

),

-- Per day and kind of period first: this is one pass over the contacts, whatever the number of periods.
calendar_days as (

    select
        kpi_group,
        weight,
        scope_number,
        scope_date,
        [
            count(*) filter (previous_date < scope_date),
            count(*) filter (previous_date < date_trunc('week', scope_date)),
            count(*) filter (previous_date < date_trunc('month', scope_date)),
            count(*) filter (previous_date < date_trunc('quarter', scope_date)),
            count(*) filter (previous_date < date_trunc('year', scope_date)),
            count(*) filter (previous_date = date '0001-01-01')
        ] as customers,
        [
            count(*) filter (previous_date < scope_date and next_date > scope_date),
            count(*) filter (
                previous_date < date_trunc('week', scope_date)
                and next_date >= date_trunc('week', scope_date) + interval 7 day
            ),
            count(*) filter (
                previous_date < date_trunc('month', scope_date)
                and next_date >= date_trunc('month', scope_date) + interval 1 month
            ),
            count(*) filter (
                previous_date < date_trunc('quarter', scope_date)
                and next_date >= date_trunc('quarter', scope_date) + interval 3 month
            ),
            count(*) filter (
                previous_date < date_trunc('year', scope_date)
                and next_date >= date_trunc('year', scope_date) + interval 1 year
            ),
            count(*) filter (previous_date = date '0001-01-01' and next_date = date '9999-12-31')
        ] as single_contact_customers
    from contacts
    group by kpi_group, weight, scope_number, scope_date

),

calendar_kinds as (

    select
        kpi_group,
        weight,
        scope_number,
        scope_date,
        unnest(['day', 'week', 'month', 'quarter', 'year', 'all']) as period_kind,
        unnest(customers) as customers,
        unnest(single_contact_customers) as single_contact_customers
    from calendar_days

),

calendar_periods as (

    select
        calendar_kinds.kpi_group,
        calendar_kinds.scope_number,
        calendar_kinds.period_kind,
        period_days.period_start,
        sum(calendar_kinds.weight * calendar_kinds.customers) as customers,
        sum(calendar_kinds.weight * calendar_kinds.single_contact_customers) as single_contact_customers
    from calendar_kinds
    inner join period_days
        on
            calendar_kinds.period_kind = period_days.period_kind
            and calendar_kinds.scope_date = period_days.period_date
    group by
        calendar_kinds.kpi_group, calendar_kinds.scope_number, calendar_kinds.period_kind, period_days.period_start

)

select
    kpi_group,
    scope_number,
    period_kind,
    period_start,
    customers,
    single_contact_customers
from calendar_periods
