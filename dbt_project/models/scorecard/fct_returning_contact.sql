with

contacts as (

    select * from {{ ref('int_kept__contact') }}

),

settings as (

    select drill_days from {{ ref('stg_centre_setting') }}

),

as_of as (

    select as_of_date from {{ ref('int_as_of') }}

),

-- Days that pages lead to the contacts of, and those that a week before them reaches. What a bot settled alone is none.
recent as (

    select
        contacts.contact_key,
        contacts.contact_date,
        contacts.customer_id,
        contacts.started_at,
        as_of.as_of_date - settings.drill_days as shown_after
    from contacts
    cross join settings
    cross join as_of
    where
        contacts.is_identified
        and not contacts.is_test
        and not contacts.is_bot_only
        and contacts.contact_date > as_of.as_of_date - settings.drill_days - 8

),

-- Nearly every customer has one contact only: putting them all in order would cost most of what this model does.
-- Customers who share a hash do no harm here.
of_several as (

    select hash(customer_id) as customer_hash
    from recent
    group by hash(customer_id)
    having count(*) > 1

),

-- Strictly before: of two that begin in the same instant none came first. (Numbers are compared faster than instants.)
counted as (

    select
        recent.contact_key,
        recent.contact_date,
        recent.shown_after,
        count(*) over (
            partition by recent.customer_id
            order by epoch_us(recent.started_at)
            range between 604800000000 preceding and 1 preceding
        ) as prior_contacts_7d
    from recent
    semi join of_several on hash(recent.customer_id) = of_several.customer_hash

)

select
    contact_key,
    contact_date,
    prior_contacts_7d
from counted
where prior_contacts_7d > 0 and contact_date > shown_after
