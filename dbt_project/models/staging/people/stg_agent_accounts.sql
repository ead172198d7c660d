with

kept as (

    {{ kept('agent_accounts') }}

)

select
    source_id,
    account_source_id,
    account,
    agent_id,
    valid_from,
    landing_day,
    file_name,
    file_hash,
    record_number,
    row_in_record,
    is_time_ambiguous
from kept
