select
    source_id, landing_day, file_name, state, records_read, records_accepted, records_quarantined, records_duplicate,
    records_ignored, byte_count, taken_at, first_at, last_at, message, remarks
from scorecard.fct_file
order by landing_day desc, source_id, file_name
limit 500
