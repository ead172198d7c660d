-- Notices that a channel did not take: given up after the last try, or still being tried, as of the last run.
select
    delivery_state,
    notice_kind,
    channel as notice_channel,
    if(recipient_kind = 'agent', recipient_id, null) as agent_id,
    if(recipient_kind = 'team', recipient_id, null) as team_id,
    attempts,
    first_tried_at,
    last_at as last_tried_at
from scorecard.fct_notice_delivery
where delivery_state != 'sent'
order by delivery_state, last_at desc, notice_id, channel
limit 500
