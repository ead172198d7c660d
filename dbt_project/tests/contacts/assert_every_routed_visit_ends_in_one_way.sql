-- Queue visits = connected + abandoned + left otherwise + still open, each told by its outcome; an abandoned one whose
-- wait is known is short or not, waits are known of no more visits than there are,
-- and each that was turned away was so for one reason.
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
    or contacts_abandoned_short + contacts_abandoned_counted != contacts_abandoned_wait_recorded
    or contacts_abandoned_wait_recorded > contacts_abandoned
    or contacts_answered_wait_recorded > contacts_answered
    or contacts_answered_wait_recorded + contacts_abandoned_wait_recorded > contacts_wait_recorded
    or contacts_wait_recorded > contacts_routed
    or contacts_blocked_full + contacts_blocked_closed + contacts_blocked_unstaffed + contacts_blocked_diverted
    + contacts_blocked_otherwise != contacts_blocked
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
