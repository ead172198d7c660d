with

contacts as (

    select * from {{ ref('int_kept__contact') }}

),

visits as (

    select * from {{ ref('int_kept__visit') }}

),

incidents as (

    select * from {{ ref('stg_platform_incidents') }}
    where
        approved_by is not null
        and approved_at is not null
        and revoked_at is null

),

incident_groups as (

    select
        source_id,
        incident_id,
        started_at,
        ended_at,
        channel,
        queue_id,
        trim(unnest(string_split(kpi_groups, '|'))) as kpi_group
    from incidents

),

-- Hit is whatever was under way during the incident, begun before it or in it.
hit as (

    select
        contacts.contact_key,
        contacts.contact_date,
        incident_groups.kpi_group,
        incident_groups.started_at,
        incident_groups.source_id,
        incident_groups.incident_id
    from contacts
    inner join incident_groups
        on
            contacts.started_at < incident_groups.ended_at
            and coalesce(contacts.ended_at, contacts.started_at) >= incident_groups.started_at
    left join visits
        on
            contacts.contact_key = visits.contact_key
            and incident_groups.queue_id = visits.queue_id
    where
        -- What people are, learn and lead is not made of contacts.
        incident_groups.kpi_group not in ('', 'people')
        and coalesce(incident_groups.channel = contacts.channel, incident_groups.channel is null)
        and (
            incident_groups.queue_id is null
            or coalesce(incident_groups.queue_id = contacts.queue_id, false)
            or visits.queue_id is not null
        )

)

-- A contact hit twice is left out once, on account of the incident that began first.
select
    contact_key,
    contact_date,
    kpi_group,
    incident_id,
    source_id as incident_source_id
from hit
qualify row_number() over (partition by contact_key, kpi_group order by started_at, incident_id, source_id) = 1
