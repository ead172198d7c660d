-- One row per source and topic, with the local date from which the source records it. Most topics are recorded always
-- or not at all; what a centre begins to write down one day (complaints and the like) is recorded from the source's
-- first row on, or from the date that it states: days before it are not days without a complaint.
with

topics as (

    select * from {{ ref('stg_source_topic') }}

),

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

contact_sources as (

    select distinct source_id from {{ ref('int_kept__contact') }}

),

first_rows as (

    {{ first_rows('settings.time_zone') }}

),

begun as (

    select
        topics.source_id,
        topics.topic,
        contact_sources.source_id is not null as has_contacts,
        case
            when not topics.is_recorded then null
            when topics.topic in ('{{ topics_from_first_row() | join("', '") }}')  -- noqa: LT05
                then coalesce(topics.recorded_from, first_rows.first_date)
            else '-infinity'::date
        end as recorded_from
    from topics
    left join contact_sources
        on topics.source_id = contact_sources.source_id
    left join first_rows
        on
            topics.source_id = first_rows.source_id
            and topics.topic = first_rows.topic

)

select
    source_id,
    topic,
    recorded_from,
    -- A source without contacts (tickets, customer relations) tells of the contacts of all others.
    least(
        recorded_from,
        min(recorded_from) filter (where not has_contacts) over (partition by topic)
    ) as contacts_recorded_from
from begun
