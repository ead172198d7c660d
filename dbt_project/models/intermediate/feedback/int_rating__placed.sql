-- One row per invitation to rate with the local date it belongs to: of its contact, or while nobody knows that one, of
-- the invitation. With a digest of what the invitation's own date does not tell: what contacts and legs come to is no
-- part of it, since the dates of contacts that are made anew are known.
-- (DuckDB's own hash of a text is the same for some texts that are much alike, hardly for their reverse too.)
with

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

),

-- A source none of whose invitations says when it was delivered does not record deliveries.
deliveries as (

    select
        source_id,
        bool_or(delivered_at is not null) as is_delivery_recorded
    from {{ ref('stg_ratings') }}
    group by source_id

),

contacts as (

    select
        contact_key,
        contact_date
    from {{ ref('int_kept__contact') }}

),

topics as (

    select * from {{ ref('stg_source_topic') }}

),

rated_channels as (

    select * from {{ ref('stg_rated_channel') }}

),

-- As subqueries below: as columns of a join they would be looked up for each row, at ten times the cost.
settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

-- Which contacts are to be rated hangs on these for all dates.
rules as (

    select md5_number_lower(topics::varchar) as rule_hash  -- noqa: RF02
    from topics
    union all
    select md5_number_lower(channel) as rule_hash
    from rated_channels

),

ruled as (

    select sum(rule_hash)::varchar as rules_digest
    from rules

),

-- Before the contacts are looked up, which is done with few columns.
digested as (

    select
        ratings.source_id,
        ratings.contact_key,
        ratings.invited_at,
        deliveries.is_delivery_recorded,
        hash(
            ratings,  -- noqa: RF02
            reverse(ratings.contact_key),
            reverse(ratings.rating_id),
            deliveries.is_delivery_recorded,
            (select ruled.rules_digest from ruled)
        ) as digest
    from ratings
    inner join deliveries on ratings.source_id = deliveries.source_id

)

select
    digested.source_id,
    hash(digested.contact_key) as contact_hash,
    coalesce(
        contacts.contact_date,
        timezone((select settings.time_zone from settings), digested.invited_at)::date
    ) as contact_date,
    digested.is_delivery_recorded,
    digested.digest
from digested
left join contacts on digested.contact_key = contacts.contact_key
