with

kept as (

    {{ kept('team_memberships') }}

)

select
    source_id,
    agent_id,
    team_id,
    valid_from,
    valid_to,
    is_home_team,
    landing_day,
    file_name,
    file_hash,
    record_number,
    row_in_record,
    is_time_ambiguous
from kept
