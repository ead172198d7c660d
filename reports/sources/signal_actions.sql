-- What was done because of signals, the latest first; an action whose signal later rows left nothing of has no signal_id.
select action_id, signal_id, named_signal_id, topic, local_date, action_kind, taken_at, action_result
from scorecard.fct_signal_action
order by taken_at desc, action_id
