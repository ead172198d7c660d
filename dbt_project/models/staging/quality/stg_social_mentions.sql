with

kept as (

    {{ kept('social_mentions') }}

)

select
    source_id,
    mention_id,
    site,
    posted_at,
    sentiment,
    topic,
    audience,
    complaint_id,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
