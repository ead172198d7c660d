with

kept as (

    {{ kept('self_reports') }}

)

select
    source_id,
    nullif(nullif(agent_id, 'NONE'), '') as agent_id,
    kpi_id,
    half,
    reported_at,
    value as reported_value,
    decimals,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
