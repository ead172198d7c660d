-- Queue visits = connected + abandoned + left otherwise + still open, each told by its outcome.
select
    visit_key,
    outcome,
    contacts_answered,
    contacts_abandoned,
    contacts_left_otherwise,
    contacts_still_queued
from {{ ref('fct_queue_visit') }}
where
    contacts_answered + contacts_abandoned + contacts_left_otherwise + contacts_still_queued != contacts_routed
    or contacts_abandoned_short + contacts_abandoned_counted != contacts_abandoned
    or (
        contacts_routed = 1
        and outcome != 'none'
        and outcome != case
            when contacts_answered = 1 then 'connected'
            when contacts_abandoned = 1 then 'abandoned'
            when contacts_still_queued = 1 then 'open'
            else 'left'
        end
    )
