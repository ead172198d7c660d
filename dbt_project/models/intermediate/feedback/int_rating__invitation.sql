with

placed as (

    select
        source_id,
        contact_hash,
        is_delivery_recorded
    from {{ ref('int_rating__placed') }}
    where {{ on_changed_dates('contact_date', 'int_rating__changed_date') }}

),

-- All invitations of the contacts that have one on these dates; those of other contacts that share a hash, and those
-- that belong to other dates, go at the end.
ratings as (

    select
        source_id,
        rating_id,
        contact_id,
        contact_key,
        agent_id,
        invited_at,
        delivered_at,
        not_delivered_reason,
        rated_at,
        stars,
        landing_day,
        file_name,
        record_number,
        line_number
    from {{ ref('stg_ratings') }}
    where hash(contact_key) in (select placed.contact_hash from placed)

),

contacts as (

    select
        contact_key,
        contact_date,
        is_test,
        channel,
        queue_id,
        owner_agent_id,
        owner_leg_key
    from {{ ref('int_kept__contact') }}
    where hash(contact_key) in (select placed.contact_hash from placed)

),

-- Nearly every leg connects on its contact's own date: the others alone have to be looked for.
legs as (

    select
        leg_key,
        agent_date
    from {{ ref('int_kept__leg') }}
    where agent_date != contact_date

),

deliveries as (

    select distinct
        source_id,
        is_delivery_recorded
    from placed

),

-- As a subquery below: the zone as a column of a join would be looked up for each row, at ten times the cost.
settings as (

    select * from {{ ref('stg_centre_setting') }}

),

-- A rating belongs to the last human handler of its contact, in the team of the day on which that leg connected.
rated_contacts as (

    select
        contacts.contact_key,
        contacts.is_test,
        contacts.channel,
        contacts.queue_id,
        contacts.contact_date,
        contacts.owner_agent_id,
        coalesce(legs.agent_date, contacts.contact_date) as owner_date
    from contacts
    left join legs on contacts.owner_leg_key = legs.leg_key

),

invited as (

    select
        ratings.*,
        ratings.stars is not null as is_rated,
        ratings.source_id
        || '/'
        || coalesce(
            ratings.rating_id,
            concat_ws('@', ratings.contact_id, ratings.agent_id, epoch_us(ratings.invited_at))
        ) as rating_key,
        -- Where no delivery is recorded only a stated failure keeps an invitation from having been delivered.
        case
            when ratings.stars is not null then true
            when deliveries.is_delivery_recorded then ratings.delivered_at is not null
            else ratings.not_delivered_reason is null
        end as is_delivered
    from ratings
    inner join deliveries on ratings.source_id = deliveries.source_id

),

-- Nearly every contact has one invitation only: putting them all in order would cost most of what this model does.
-- Contacts that share a hash do no harm here.
of_several as (

    select hash(contact_key) as contact_hash
    from ratings
    where contact_key is not null
    group by hash(contact_key)
    having count(*) > 1

),

-- Of several invitations of a contact one counts: the last one rated, else the last one delivered, else the last one.
in_order as (

    select
        invited.*,
        1 as place
    from invited
    anti join of_several on hash(invited.contact_key) = of_several.contact_hash
    union all
    select
        invited.*,
        row_number() over (
            partition by invited.contact_key
            order by
                invited.is_rated desc,
                if(invited.is_rated, invited.rated_at, null) desc nulls last,
                invited.delivered_at desc nulls last,
                invited.invited_at desc nulls last,
                invited.rating_key desc
        ) as place
    from invited
    semi join of_several on hash(invited.contact_key) = of_several.contact_hash

),

dated as (

    select
        invited.contact_key,
        invited.rating_key as rating_id,
        invited.source_id,
        invited.landing_day,
        invited.file_name,
        invited.record_number,
        invited.line_number,
        rated_contacts.owner_agent_id as agent_id,
        rated_contacts.channel,
        rated_contacts.queue_id,
        coalesce(
            rated_contacts.contact_date,
            cast(timezone((select settings.time_zone from settings), invited.invited_at) as date)
        ) as contact_date,
        coalesce(
            rated_contacts.owner_date,
            cast(timezone((select settings.time_zone from settings), invited.invited_at) as date)
        ) as agent_date,
        invited.is_rated,
        invited.is_delivered,
        if(invited.is_delivered, null, invited.not_delivered_reason) as not_delivered_reason,
        invited.stars,
        invited.invited_at,
        invited.delivered_at,
        invited.rated_at,
        not coalesce(rated_contacts.is_test, true) and invited.place = 1 as is_counted
    from in_order as invited
    left join rated_contacts on invited.contact_key = rated_contacts.contact_key

)

select * from dated
where {{ on_changed_dates('contact_date', 'int_rating__changed_date') }}
