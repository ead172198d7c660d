-- One row per KPI group, scope, date and number of days: how many of the date's inbound contacts of identified
-- customers came so many days after the customer's last contact in the scope, and how many after the one before that
-- (no number: there was none). Customers of any period are sums of these rows. They look back only: what comes later
-- changes nothing of a date, and a build makes anew what lies on the first date of a change or later, out of the
-- contacts of the customers who came then.
-- Rows of a KPI group are the part that incidents take out: customers hit by one count with all their contacts, and
-- count away (weight -1) with those that are left to them. Before the first one hit the two are alike and leave no
-- row.
-- Scopes, customers and contacts go by numbers on the way, since texts would cost three times as much.
with

since as (

    select * from {{ ref('int_measure__gap_since') }}

),

customers_since as (

    select distinct customer_id
    from {{ ref('fct_contact') }}
    where
        is_identified
        and contact_date >= (select since.since_date from since)

),

-- Written down once: the numbers must be the same wherever they are read.
contacts as materialized (

    select
        contact_key,
        row_number() over () as contact_number,
        customer_id,
        channel,
        contact_date
    from {{ ref('fct_contact') }}
    where
        is_identified
        and direction = 'inbound'
        and not is_test
        and not is_bot_only
        and customer_id in (select customers_since.customer_id from customers_since)

),

visits as (

    select * from {{ ref('fct_queue_visit') }}

),

legs as (

    select * from {{ ref('fct_contact_leg') }}

),

work_scopes as (

    select * from {{ ref('int_measure__work_scope') }}

),

numbers as (

    select * from {{ ref('int_measure__scope_number') }}

),

excluded as (

    select
        contacts.contact_number,
        contacts.customer_id,
        excluded_contacts.kpi_group
    from {{ ref('int_contact__excluded') }} as excluded_contacts
    inner join contacts on excluded_contacts.contact_key = contacts.contact_key

),

hit_customers as (

    select distinct
        customer_id,
        kpi_group
    from excluded

),

hit_contacts as (

    select
        contacts.*,
        hit_customers.kpi_group
    from contacts
    inner join hit_customers
        on contacts.customer_id = hit_customers.customer_id

),

told_contacts as (

    select
        *,
        '' as kpi_group,
        1 as weight
    from contacts
    union all by name
    select
        *,
        1 as weight
    from hit_contacts
    union all by name
    select
        hit_contacts.*,
        -1 as weight
    from hit_contacts
    anti join excluded
        on
            hit_contacts.contact_number = excluded.contact_number
            and hit_contacts.kpi_group = excluded.kpi_group

),

-- A customer has a number for each way of being told, so that the ways never meet.
customers as (

    select
        kpi_group,
        weight,
        customer_id,
        row_number() over () as customer_number,
        count(*) = 1 as came_once
    from told_contacts
    group by kpi_group, weight, customer_id

),

customer_contacts as (

    select
        told_contacts.kpi_group,
        told_contacts.weight,
        told_contacts.contact_number,
        told_contacts.contact_date as scope_date,
        customers.customer_number,
        customers.came_once
    from told_contacts
    inner join customers
        on
            told_contacts.kpi_group = customers.kpi_group
            and told_contacts.weight = customers.weight
            and told_contacts.customer_id = customers.customer_id

),

-- A contact counts once in a scope, however many of its visits and legs lie there.
scope_contacts as (

    select distinct
        contacts.contact_number,
        numbers.scope_number
    from contacts
    inner join visits
        on contacts.contact_key = visits.contact_key
    inner join numbers
        on
            visits.queue_id = numbers.scope_id
            and numbers.scope_kind = 'queue'
    union all
    select distinct
        contacts.contact_number,
        unnest(work_scopes.agent_scope_numbers) as scope_number
    from contacts
    inner join legs
        on contacts.contact_key = legs.contact_key
    inner join work_scopes
        on
            legs.agent_id = work_scopes.agent_id
            and legs.agent_date = work_scopes.agent_date
            and legs.channel is not distinct from work_scopes.channel
            and legs.queue_id is not distinct from work_scopes.queue_id
    union all
    select
        contacts.contact_number,
        numbers.scope_number
    from contacts
    inner join numbers
        on
            contacts.channel = numbers.scope_id
            and numbers.scope_kind = 'channel'
    union all
    select
        contacts.contact_number,
        numbers.scope_number
    from contacts
    cross join numbers
    where numbers.scope_kind = 'centre'

),

-- Of those who came once, and they are many, nothing has to be put in order.
gaps as (

    select
        customer_contacts.kpi_group,
        customer_contacts.weight,
        scope_contacts.scope_number,
        customer_contacts.scope_date,
        null as since_last,
        null as since_second_last
    from customer_contacts
    inner join scope_contacts
        on customer_contacts.contact_number = scope_contacts.contact_number
    where customer_contacts.came_once
    union all
    select
        customer_contacts.kpi_group,
        customer_contacts.weight,
        scope_contacts.scope_number,
        customer_contacts.scope_date,
        customer_contacts.scope_date - lag(customer_contacts.scope_date) over by_customer as since_last,
        customer_contacts.scope_date - lag(customer_contacts.scope_date, 2) over by_customer as since_second_last
    from customer_contacts
    inner join scope_contacts
        on customer_contacts.contact_number = scope_contacts.contact_number
    where not customer_contacts.came_once
    window by_customer as (
        partition by scope_contacts.scope_number, customer_contacts.customer_number
        order by customer_contacts.scope_date
    )

),

-- Each of the two for itself: pairs of days would be many times as many rows.
sides as (

    select
        kpi_group,
        scope_number,
        scope_date,
        since_last as gap_days,
        weight as since_last,
        0 as since_second_last
    from gaps
    union all
    select
        kpi_group,
        scope_number,
        scope_date,
        since_second_last as gap_days,
        0 as since_last,
        weight as since_second_last
    from gaps

),

counted as (

    select
        kpi_group,
        scope_number,
        scope_date,
        gap_days,
        sum(since_last)::integer as contacts_since_last,
        sum(since_second_last)::integer as contacts_since_second_last
    from sides
    group by kpi_group, scope_number, scope_date, gap_days

)

select
    counted.kpi_group,
    numbers.scope_kind,
    numbers.scope_id,
    counted.scope_date,
    counted.gap_days::integer as gap_days,
    counted.contacts_since_last,
    counted.contacts_since_second_last
from counted
inner join numbers
    on counted.scope_number = numbers.scope_number
where
    counted.scope_date >= (select since.since_date from since)
    and (counted.contacts_since_last != 0 or counted.contacts_since_second_last != 0)
