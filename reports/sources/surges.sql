-- Incidents, the latest first: what callers were told meanwhile, and how many contacts that spared. Nobody is named.
select
    source_id || '/' || incident_id as incident_id, incident_kind, channel, queue_id, started_at, ended_at, announced_from,
    announced_to, deflected_contacts, contacts_excluded, is_effective
from scorecard.fct_incident
order by started_at desc, incident_id
