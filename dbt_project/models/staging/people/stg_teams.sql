with

kept as (

    {{ kept('teams') }}

)

select
    source_id,
    team_id,
    name as team_name,
    parent_team_id,
    kind as team_kind,
    valid_from,
    landing_day,
    file_name,
    file_hash,
    record_number,
    row_in_record,
    is_time_ambiguous
from kept
