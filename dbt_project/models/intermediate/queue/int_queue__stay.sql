with

visits as (

    select * from {{ ref('int_queue__visit') }}

),

contacts as (

    select * from {{ ref('int_contact__base') }}

),

hours as (

    select * from {{ ref('int_opening__hour') }}

),

bounds as (

    select * from {{ ref('int_opening__bounds') }}

),

-- A wait that its source states ends at the exit and began that long before.
timed as (

    select
        visits.*,
        contacts.channel,
        visits.left_at - to_milliseconds(visits.wait_ms) as waited_from
    from visits
    inner join contacts on visits.contact_key = contacts.contact_key

),

-- Channels without opening hours are always open.
opened as (

    select
        timed.*,
        coalesce(
            {{ open_ms('timed', 'waited_from', 'left_at') }},
            timed.wait_ms
        ) as business_ms
    from timed
    {{ join_openings('timed', 'waited_from', 'left_at') }}

)

select
    visit_key,
    contact_key,
    visit_number,
    source_id,
    queue_id,
    entered_at,
    left_at,
    outcome,
    exit_reason,
    is_line_missing,
    wait_ms,
    business_ms
from opened
union all
-- A contact that no queue was recorded for stands in its queue once, so that the queue's other numbers hold it.
select
    contacts.contact_key || '@0' as visit_key,
    contacts.contact_key,
    0 as visit_number,
    contacts.source_id,
    contacts.queue_id,
    contacts.started_at as entered_at,
    null as left_at,
    'none' as outcome,
    null as exit_reason,
    false as is_line_missing,
    null as wait_ms,
    null as business_ms
from contacts
anti join visits on contacts.contact_key = visits.contact_key
where contacts.queue_id is not null
