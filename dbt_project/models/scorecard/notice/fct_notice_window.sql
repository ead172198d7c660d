-- When a recipient of notices is at work by his plan, or anybody of a team; the last seven days and all to come.
with

spans as (

    select * from {{ ref('int_staff__work_span') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

)

select
    spans.recipient_kind,
    spans.recipient_id,
    spans.starts_at,
    spans.ends_at
from spans
cross join covered
where spans.ends_at > covered.as_of - interval 7 day
order by spans.recipient_kind, spans.recipient_id, spans.starts_at
