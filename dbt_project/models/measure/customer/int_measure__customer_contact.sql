-- One row per scope and inbound contact of an identified customer, with the dates of that customer's contacts
-- before and after it in the same scope: enough to count customers of any period without going through the
-- contacts again. Scopes, customers and contacts go by numbers here, since texts would cost three times as much.
-- Rows of a KPI group are the part that incidents take out: customers hit by one count with all their contacts, and
-- count away (weight -1) with those that are left to them.
with

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

),

visits as (

    select
        contacts.contact_number,
        visits.queue_id
    from {{ ref('fct_queue_visit') }} as visits
    inner join contacts on visits.contact_key = contacts.contact_key
    where visits.queue_id is not null

),

legs as (

    select
        contacts.contact_number,
        legs.agent_id,
        legs.agent_date,
        legs.channel,
        legs.queue_id
    from {{ ref('fct_contact_leg') }} as legs
    inner join contacts on legs.contact_key = contacts.contact_key
    where legs.agent_id is not null

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
        excluded_contacts.kpi_group
    from {{ ref('int_contact__excluded') }} as excluded_contacts
    inner join contacts on excluded_contacts.contact_key = contacts.contact_key

),

hit_customers as (

    select distinct
        contacts.customer_id,
        excluded.kpi_group
    from contacts
    inner join excluded
        on contacts.contact_number = excluded.contact_number

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
        row_number() over () as customer_number
    from told_contacts
    group by kpi_group, weight, customer_id

),

customer_contacts as (

    select
        told_contacts.kpi_group,
        told_contacts.weight,
        told_contacts.contact_number,
        told_contacts.channel,
        told_contacts.contact_date,
        customers.customer_number
    from told_contacts
    inner join customers
        on
            told_contacts.kpi_group = customers.kpi_group
            and told_contacts.weight = customers.weight
            and told_contacts.customer_id = customers.customer_id

),

queue_contacts as (

    select distinct
        visits.contact_number,
        numbers.scope_number
    from visits
    inner join numbers
        on
            visits.queue_id = numbers.scope_id
            and numbers.scope_kind = 'queue'

),

-- A contact counts once in a scope, however many of its legs lie there.
agent_contacts as (

    select distinct
        legs.contact_number,
        unnest(work_scopes.agent_scope_numbers) as scope_number
    from legs
    inner join work_scopes
        on
            legs.agent_id = work_scopes.agent_id
            and legs.agent_date = work_scopes.agent_date
            and legs.channel is not distinct from work_scopes.channel
            and legs.queue_id is not distinct from work_scopes.queue_id

),

part_contacts as (

    select * from queue_contacts
    union all
    select * from agent_contacts

),

scope_contacts as (

    select
        part_contacts.scope_number,
        customer_contacts.kpi_group,
        customer_contacts.weight,
        customer_contacts.customer_number,
        customer_contacts.contact_date
    from part_contacts
    inner join customer_contacts
        on part_contacts.contact_number = customer_contacts.contact_number
    union all
    select
        numbers.scope_number,
        customer_contacts.kpi_group,
        customer_contacts.weight,
        customer_contacts.customer_number,
        customer_contacts.contact_date
    from customer_contacts
    inner join numbers
        on
            customer_contacts.channel = numbers.scope_id
            and numbers.scope_kind = 'channel'
    union all
    select
        numbers.scope_number,
        customer_contacts.kpi_group,
        customer_contacts.weight,
        customer_contacts.customer_number,
        customer_contacts.contact_date
    from customer_contacts
    cross join numbers
    where numbers.scope_kind = 'centre'

)

select
    kpi_group,
    weight,
    scope_number,
    contact_date as scope_date,
    coalesce(lag(contact_date) over by_customer, date '0001-01-01') as previous_date,
    coalesce(lead(contact_date) over by_customer, date '9999-12-31') as next_date
from scope_contacts
window by_customer as (partition by scope_number, customer_number order by contact_date)
