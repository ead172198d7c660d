-- One row per contact of a customer who had been in touch not long before, kept by its date. It looks back only: a date
-- is made anew when one of the eight before it is.
with

contacts as (

    select
        contact_key,
        contact_id,
        contact_date,
        customer_id,
        started_at,
        is_handled,
        is_bot_only
    from {{ ref('int_kept__contact') }}
    where
        is_identified
        and not is_test
        and {{ on_dates_around() }}

),

-- Nearly every customer has one contact only: putting them all in order would cost most of what this model does.
-- Customers who share a hash do no harm here.
of_several as (

    select hash(customer_id) as customer_hash
    from contacts
    group by hash(customer_id)
    having count(*) > 1

),

-- What a bot settled alone is no contact that the next one repeats.
in_order as (

    select
        contacts.contact_key,
        contacts.contact_date,
        contacts.started_at,
        contacts.is_handled and not contacts.is_bot_only as may_repeat,
        lag(contacts.started_at) over (
            partition by contacts.customer_id order by contacts.started_at, contacts.contact_key
        ) as previous_at,
        lag(contacts.started_at) over (
            partition by contacts.customer_id, contacts.is_bot_only
            order by contacts.started_at, contacts.contact_id, contacts.contact_key
        ) as repeated_at
    from contacts
    semi join of_several on hash(contacts.customer_id) = of_several.customer_hash

),

seen as (

    select
        contact_key,
        contact_date,
        coalesce(previous_at >= started_at - interval 7 day, false) as is_returning,
        may_repeat and coalesce(repeated_at >= started_at - to_hours(72), false) as is_repeat
    from in_order

)

select
    contact_key,
    contact_date,
    is_returning,
    is_repeat
from seen
where
    (is_returning or is_repeat)
    and {{ on_dates_after() }}
