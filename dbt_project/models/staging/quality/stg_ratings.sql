with

kept as (

    {{ kept('ratings') }}

)

select
    source_id,
    rating_id,
    contact_id,
    source_id || '/' || contact_id as contact_key,
    nullif(nullif(agent_id, 'NONE'), '') as agent_id,
    invited_at,
    delivered_at,
    not_delivered_reason,
    rated_at,
    stars,
    themes,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
