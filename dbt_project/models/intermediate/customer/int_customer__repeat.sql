-- One row per handled contact whose customer had been in touch in the 72 hours before, from the date on from which tags
-- are recorded: of these it is asked whether the agent looked up what had happened.
with

contacts as (

    select * from {{ ref('int_kept__contact') }}

),

since as (

    select tags_from from {{ ref('int_topic__since') }}

),

-- Days before the first are looked at only as far as 72 hours reach. What a bot settled alone is no contact.
in_touch as (

    select
        contact_key,
        started_at,
        contact_date,
        is_handled,
        lag(started_at) over (
            partition by customer_id
            order by started_at, contact_id, contact_key
        ) as previous_at
    from contacts
    where
        is_identified
        and not is_test
        and not is_bot_only
        and contact_date + 4 >= (select since.tags_from from since)

)

select
    in_touch.contact_key,
    in_touch.contact_date,
    cast(1 as bigint) as repeat_contacts_handled
from in_touch
inner join since
    on in_touch.contact_date >= since.tags_from
where
    in_touch.is_handled
    and in_touch.previous_at >= in_touch.started_at - to_hours(72)
