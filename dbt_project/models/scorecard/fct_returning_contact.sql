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

-- Strictly before: of two that begin in the same instant none came first.
counted as (

    select
        contact_key,
        contact_date,
        shown_after,
        count(*) over (
            partition by customer_id
            order by started_at
            range between interval 7 days preceding and interval 1 microsecond preceding
        ) as prior_contacts_7d
    from recent

)

select
    contact_key,
    contact_date,
    prior_contacts_7d
from counted
where prior_contacts_7d > 0 and contact_date > shown_after
