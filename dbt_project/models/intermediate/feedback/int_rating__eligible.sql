{{ config(materialized='view') }}

with

contacts as (

    select * from {{ ref('int_kept__contact') }}

),

rated_channels as (

    select * from {{ ref('stg_rated_channel') }}

),

topics as (

    select * from {{ ref('stg_source_topic') }}

)

-- Validity is unknown, not false, where the source records no messages: such a contact may be rated. Where the source
-- does not say whom it invited, nobody stands in a rate of invitations.
select
    contacts.contact_key,
    contacts.contact_date,
    1 as rating_eligible
from contacts
inner join topics
    on
        contacts.source_id = topics.source_id
        and topics.topic = 'ratings'
where
    contacts.is_handled
    and not contacts.is_test
    and coalesce(contacts.is_valid, true)
    and contacts.channel in (select rated_channels.channel from rated_channels)
    and topics.is_recorded
