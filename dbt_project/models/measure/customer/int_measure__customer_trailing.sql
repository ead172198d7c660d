-- One row per KPI group, scope and trailing period: customers, and those with exactly one contact in it; every day
-- for the centre, the latest for the others.
with

contacts as (

    select * from {{ ref('int_measure__customer_contact') }}

),

periods as (

    select * from {{ ref('int_measure__period') }}

),

centre as (

    select * from {{ ref('int_measure__scope_number') }}
    where scope_kind = 'centre'

),

latest_windows as (

    select
        contacts.kpi_group,
        contacts.scope_number,
        periods.period_kind,
        periods.period_start,
        sum(contacts.weight) filter (contacts.previous_date < periods.period_start) as customers,
        sum(contacts.weight) filter (
            contacts.previous_date < periods.period_start
            and contacts.next_date >= periods.period_end
        ) as single_contact_customers
    from contacts
    inner join periods
        on contacts.scope_date >= periods.period_start
    where
        periods.is_trailing
        and periods.is_latest
    group by contacts.kpi_group, contacts.scope_number, periods.period_kind, periods.period_start

),

-- Windows of the centre that end on an earlier day: a contact enters the count on one day and leaves it on another.
lengths as (

    select distinct
        period_kind,
        (period_end - period_start)::integer as day_count
    from periods
    where is_trailing

),

counted_days as (

    select
        contacts.kpi_group,
        contacts.weight,
        lengths.period_kind,
        lengths.day_count,
        greatest(contacts.scope_date, contacts.previous_date + lengths.day_count) as from_date,
        contacts.scope_date + lengths.day_count as until_date,
        least(contacts.scope_date + lengths.day_count, contacts.next_date) as single_until_date
    from contacts
    inner join centre
        on contacts.scope_number = centre.scope_number
    cross join lengths

),

changes as (

    select
        kpi_group,
        period_kind,
        from_date as change_date,
        weight as customers,
        if(single_until_date > from_date, weight, 0) as single_contact_customers
    from counted_days
    where until_date > from_date
    union all
    select
        kpi_group,
        period_kind,
        until_date as change_date,
        -weight as customers,
        0 as single_contact_customers
    from counted_days
    where until_date > from_date
    union all
    select
        kpi_group,
        period_kind,
        single_until_date as change_date,
        0 as customers,
        -weight as single_contact_customers
    from counted_days
    where single_until_date > from_date

),

daily_changes as (

    select
        kpi_group,
        period_kind,
        change_date,
        sum(customers) as customers,
        sum(single_contact_customers) as single_contact_customers
    from changes
    group by kpi_group, period_kind, change_date

),

earlier_windows as (

    select
        daily_changes.kpi_group,
        centre.scope_number,
        periods.period_kind,
        periods.period_start,
        sum(daily_changes.customers) as customers,
        sum(daily_changes.single_contact_customers) as single_contact_customers
    from periods
    inner join daily_changes
        on
            periods.period_kind = daily_changes.period_kind
            and periods.period_end > daily_changes.change_date
    cross join centre
    where not periods.is_latest
    group by daily_changes.kpi_group, centre.scope_number, periods.period_kind, periods.period_start

)

select
    kpi_group,
    scope_number,
    period_kind,
    period_start,
    customers,
    single_contact_customers
from latest_windows
union all
select
    kpi_group,
    scope_number,
    period_kind,
    period_start,
    customers,
    single_contact_customers
from earlier_windows
