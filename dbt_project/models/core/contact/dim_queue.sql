with

queues as (

    select * from {{ ref('stg_queues') }}

),

contacts as not materialized (

    select
        contact_key,
        channel,
        queue_id
    from {{ ref('int_kept__contact') }}

),

visits as not materialized (

    select
        contact_key,
        queue_id
    from {{ ref('int_kept__visit') }}
    where queue_id is not null

),

as_of as (

    select * from {{ ref('int_as_of') }}

),

latest as (

    select queues.*
    from queues
    cross join as_of
    qualify
        row_number() over (
            partition by queues.queue_id
            order by queues.valid_from <= as_of.as_of_date desc, queues.valid_from desc, queues.source_id desc
        ) = 1

),

said as (

    select queue_id from latest
    where channel is not null

),

-- By which channels those came whose queue is not said to be of one: nearly no visit has to find its contact.
unsaid as (

    select
        visits.contact_key,
        visits.queue_id
    from visits
    anti join said on visits.queue_id = said.queue_id

),

-- A queue that only the data know: its channel is known when all its contacts came by one.
seen as (

    select
        queue_id,
        channel
    from contacts
    union all
    select
        queue_id,
        null as channel
    from visits
    union all
    select
        unsaid.queue_id,
        contacts.channel
    from unsaid
    inner join contacts on unsaid.contact_key = contacts.contact_key

),

seen_queues as (

    select
        queue_id,
        if(min(channel) = max(channel), min(channel), null) as channel
    from seen
    where queue_id is not null
    group by queue_id

)

select
    coalesce(latest.queue_id, seen_queues.queue_id) as queue_id,
    coalesce(nullif(trim(latest.queue_name), ''), latest.queue_id, seen_queues.queue_id) as queue_name,
    coalesce(latest.channel, seen_queues.channel) as channel,
    coalesce(latest.queue_kind, 'normal') as kind,
    latest.team_id
from latest
full join seen_queues on latest.queue_id = seen_queues.queue_id
