with

kept as (

    {{ kept('platform_incidents') }}

)

select
    source_id,
    incident_id,
    started_at,
    ended_at,
    channel,
    queue_id,
    system as incident_system,
    coalesce(kind, 'platform') as incident_kind,
    kpi_groups,
    evidence,
    approved_by,
    approved_at,
    revoked_at,
    announced_from,
    announced_to,
    deflected_contacts,
    landing_day,
    file_name,
    file_hash,
    record_number,
    row_in_record,
    is_time_ambiguous
from kept
