with

kept as (

    {{ kept('complaints') }}

)

select
    source_id,
    complaint_id,
    received_at,
    origin,
    channel as received_channel,
    source_id || '/' || contact_id as contact_key,
    queue_id,
    topic,
    ticket_id,
    customer_id,
    is_identified,
    agent_id,
    leaf,
    outcome,
    decided_at,
    decided_by,
    responsible_agent_id,
    owner_department,
    coalesce(good_faith, false) as is_good_faith,
    case_code,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
