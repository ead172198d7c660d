with

kept as (

    {{ kept('meetings') }}

)

select
    source_id,
    meeting_id,
    kind as meeting_kind,
    team_id,
    leader_id,
    held_at,
    minutes,
    attendees,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
