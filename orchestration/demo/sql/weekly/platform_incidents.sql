-- One incident approved, one approved and later revoked, one that nobody approved.
with incident as (
    select 'I-1' as incident_id, getvariable('outage_start_at')::timestamptz as started_at,
        getvariable('outage_end_at')::timestamptz as ended_at, 'app' as channel, null as queue_id, 'app gateway' as system,
        'access|response|rating' as kpi_groups, 'status page 17' as evidence, 'A0001' as approved_by,
        getvariable('outage_end_at')::timestamptz + interval 1 day as approved_at, null::timestamptz as revoked_at
    union all
    select 'I-2', getvariable('outage_start_at')::timestamptz + interval 4 day,
        getvariable('outage_end_at')::timestamptz + interval 4 day, 'web', null, chosen('web chat server', 'web chat <i>server</i>'),
        'access|rating', 'ticket 4711', 'A0001', getvariable('outage_end_at')::timestamptz + interval 5 day,
        getvariable('outage_end_at')::timestamptz + interval 9 day
    union all
    select 'I-3', getvariable('outage_start_at')::timestamptz + interval 6 day,
        getvariable('outage_end_at')::timestamptz + interval 6 day, null, 'wechat-service', 'wechat bridge', 'response', '',
        null, null, null
),
known as (
    select * replace (
        case when local_date(approved_at) <= getvariable('known_on')::date then approved_by end as approved_by,
        case when local_date(approved_at) <= getvariable('known_on')::date then approved_at end as approved_at,
        case when local_date(revoked_at) <= getvariable('known_on')::date then revoked_at end as revoked_at
    )
    from incident
    where local_date(ended_at) <= getvariable('known_on')::date
)
select
    incident_id, iso_local(started_at) as started_at, iso_local(ended_at) as ended_at, channel, queue_id, system, kpi_groups,
    evidence, approved_by, iso_local(approved_at) as approved_at, iso_local(revoked_at) as revoked_at,
    -- Of the first, callers were told a quarter of an hour after it began.
    if(incident_id = 'I-1', iso_local(started_at + interval 15 minute), null) as announced_from,
    if(incident_id = 'I-1', iso_local(ended_at), null) as announced_to,
    if(incident_id = 'I-1', 46, null) as deflected_contacts
from known
order by incident_id
