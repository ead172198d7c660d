with

contacts as (

    select * from {{ ref('int_contact__base') }}

),

rated_channels as (

    select * from {{ ref('stg_rated_channel') }}

)

-- Validity is unknown, not false, where the source records no messages: such a contact may be rated.
select
    contacts.contact_key,
    1 as rating_eligible
from contacts
where
    contacts.is_handled
    and not contacts.is_test
    and coalesce(contacts.is_valid, true)
    and contacts.channel in (select rated_channels.channel from rated_channels)
