-- One row per handled contact whose customer had been in touch in the 72 hours before, from the date on from which tags
-- are recorded: of these it is asked whether the agent looked up what had happened.
with

in_touch as (

    select * from {{ ref('int_customer__in_touch') }}
    where is_repeat

),

since as (

    select tags_from from {{ ref('int_topic__since') }}

)

select
    contact_key,
    contact_date,
    cast(1 as bigint) as repeat_contacts_handled
from in_touch
where contact_date >= (select since.tags_from from since)
