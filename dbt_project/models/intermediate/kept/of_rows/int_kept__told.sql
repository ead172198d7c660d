with

events as (

    select * from {{ ref('int_contact__event') }}
    where is_told

)

select
    'contact_events' as feed,
    {{ utc_date('occurred_at') }} as event_date,
    source_id,
    bool_or(event_type = 'queued' or wait_seconds is not null) as is_wait_told,
    bool_or(event_type in ('queued', 'abandoned', 'left_queue')) as is_abandon_told,
    bool_or(event_type in ('queued', 'abandoned', 'left_queue', 'offered', 'declined')) as is_unanswered_told
from events
group by all
