with

kept as (

    {{ kept('messages') }}

)

select
    source_id,
    message_id,
    contact_id,
    sent_at,
    sender,
    nullif(nullif(agent_id, 'NONE'), '') as agent_id,
    is_manual,
    length as message_length,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
