with

kept as (

    {{ kept('surveys') }}

)

select
    source_id,
    survey_id,
    contact_id,
    source_id || '/' || contact_id as contact_key,
    customer_id,
    is_identified,
    invited_at,
    delivered_at,
    answered_at,
    liked_themes,
    disliked_themes,
    improve_themes,
    coalesce(needs_follow_up, false) as needs_follow_up,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
