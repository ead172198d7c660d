-- Signals of the centre: topics with more contacts than chance and the level of all other topics explain, the worst first.
-- Topic * is all contacts. Lead times are seconds from the instant at which a signal could be known.
select
    signal_id, topic, local_date, first_hour_end, last_hour_end, detected_at, ended_at, known_on, is_known_within_day,
    contacts, expected, excess, peak_hour, first_complaint_at, first_action_at, action_count, signal_result,
    60 * minutes_to_action as seconds_to_action,
    60 * minutes_to_complaint as seconds_to_complaint,
    60 * minutes_to_peak as seconds_to_peak,
    complaints_expected, complaints_received, complaints_avoided_estimate
from scorecard.fct_topic_signal
order by excess desc, signal_id
