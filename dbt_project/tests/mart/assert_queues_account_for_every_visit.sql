-- Of the visits of a queue and day that were let in: connected + abandoned + left otherwise + still waiting = all
-- of them.
select
    scope_id,
    scope_date,
    contacts_routed,
    contacts_answered,
    contacts_abandoned,
    contacts_left_otherwise,
    contacts_still_queued
from {{ ref('int_measure__scope_day') }}
where
    scope_kind = 'queue'
    and contacts_routed
    != contacts_answered + contacts_abandoned + contacts_left_otherwise + contacts_still_queued
