with

ratings as (

    select * from {{ ref('stg_ratings') }}

),

contacts as (

    select * from {{ ref('int_contact__base') }}

),

legs as (

    select * from {{ ref('int_contact__leg') }}

),

settings as (

    select * from {{ ref('stg_centre_setting') }}

),

-- A rating belongs to the last human handler of its contact.
owners as (

    select
        legs.contact_key,
        legs.agent_id,
        cast(timezone(settings.time_zone, legs.connected_at) as date) as agent_date
    from legs
    cross join settings
    where legs.agent_id is not null
    qualify row_number() over (partition by legs.contact_key order by legs.leg_number desc) = 1

),

invited as (

    select
        *,
        stars is not null as is_rated,
        source_id || '/' || coalesce(rating_id, concat_ws('@', contact_id, agent_id, epoch_us(invited_at))) as rating_key
    from ratings

)

-- Of several invitations of a contact one counts: the last one rated, else the last one delivered, else the last one.
select
    invited.contact_key,
    invited.rating_key as rating_id,
    owners.agent_id,
    contacts.channel,
    contacts.queue_id,
    coalesce(contacts.contact_date, cast(timezone(settings.time_zone, invited.invited_at) as date)) as contact_date,
    coalesce(
        owners.agent_date,
        contacts.contact_date,
        cast(timezone(settings.time_zone, invited.invited_at) as date)
    ) as agent_date,
    invited.is_rated,
    invited.is_rated or invited.delivered_at is not null as is_delivered,
    invited.stars,
    not coalesce(contacts.is_test, true)
    and row_number() over (
        partition by invited.contact_key
        order by
            invited.is_rated desc,
            if(invited.is_rated, invited.rated_at, null) desc nulls last,
            invited.delivered_at desc nulls last,
            invited.invited_at desc nulls last,
            invited.rating_key desc
    ) = 1 as is_counted
from invited
cross join settings
left join contacts on invited.contact_key = contacts.contact_key
left join owners on invited.contact_key = owners.contact_key
