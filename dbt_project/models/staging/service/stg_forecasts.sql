with

kept as (

    {{ kept('forecasts') }}

)

select
    source_id,
    queue_id,
    channel,
    starts_at,
    minutes,
    contacts as forecast_contacts,
    made_at,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
