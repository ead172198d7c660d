with

incidents as (

    select * from {{ ref('stg_platform_incidents') }}

),

excluded as (

    select * from {{ ref('int_contact__excluded') }}

),

excluded_counts as (

    select
        incident_source_id,
        incident_id,
        count(distinct contact_key) as contacts_excluded
    from excluded
    group by incident_source_id, incident_id

)

select
    incidents.source_id,
    incidents.incident_id,
    incidents.started_at,
    incidents.ended_at,
    incidents.channel,
    incidents.queue_id,
    incidents.incident_system,
    incidents.incident_kind,
    incidents.kpi_groups,
    incidents.evidence,
    incidents.approved_by,
    incidents.approved_at,
    incidents.revoked_at,
    incidents.announced_from,
    incidents.announced_to,
    incidents.deflected_contacts,
    incidents.approved_by is not null
    and incidents.approved_at is not null
    and incidents.revoked_at is null as is_effective,
    coalesce(excluded_counts.contacts_excluded, 0) as contacts_excluded
from incidents
left join excluded_counts
    on
        incidents.source_id = excluded_counts.incident_source_id
        and incidents.incident_id = excluded_counts.incident_id
