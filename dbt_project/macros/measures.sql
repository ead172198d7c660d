{#- Made from measures.csv by `python -m orchestration.warehouse.measures`; a test holds it.
    One text for each measure that fits, in the order of the seed and with commas between:
    {} is its name, {base} the measure that a square is of, {type} the type of its sum,
    {numerator} and {denominator} what a ratio is made of, {position} its number among those that fit, from 1.
    All conditions have to hold:
    facts: it is a column of one of these; a square: the measure it is of is
    also: and of this one
    in_team: how the rows of one contact make it in a team: once, sum, contact or ratio
    rollup: sum, max or distinct, one or several of them; none: any
    unit: what it is counted in
    squares: true are sums of squares, false all others; none: any
    but: not these
    A line for each, not a list: dbt reads this file anew for every model that asks. -#}
{% macro each_measure(
    text, facts=none, in_team=none, rollup=['sum'], squares=false, but=[], also=none, unit=none
) -%}
    {%- set facts = [facts] if facts is string else facts -%}
    {%- set texts = [] -%}
    {%- set lines = "
contacts_received;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
contacts_blocked;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
contacts_blocked_full;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
contacts_blocked_closed;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
contacts_blocked_unstaffed;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
contacts_blocked_diverted;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
contacts_blocked_otherwise;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
contacts_routed;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
connect_attempts;contacts;bigint;sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|fct_agent_offer|
connects;contacts;bigint;sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|fct_agent_offer|
contacts_handled;contacts;bigint;sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
contacts_abandoned;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
contacts_abandoned_wait_recorded;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
contacts_abandoned_short;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
contacts_abandoned_counted;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
contacts_left_otherwise;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
contacts_still_queued;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
contacts_wait_recorded;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
contacts_waited;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
waited_seconds;seconds;decimal(18, 3);sum;;;;|fct_contact|fct_queue_visit|
waited_seconds_squared;seconds_squared;decimal(38, 8);sum;;;;|fct_contact|fct_queue_visit|
routed_wait_seconds;seconds;decimal(18, 3);sum;;;;|fct_contact|fct_queue_visit|
routed_wait_seconds_squared;seconds_squared;decimal(38, 8);sum;;;;|fct_contact|fct_queue_visit|
contacts_answered;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
contacts_answered_wait_recorded;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
answer_wait_seconds;seconds;decimal(18, 3);sum;;;;|fct_contact|fct_queue_visit|
answer_wait_seconds_squared;seconds_squared;decimal(38, 8);sum;;;;|fct_contact|fct_queue_visit|
contacts_waited_over_limit;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
abandon_seconds_all;seconds;decimal(18, 3);sum;;;;|fct_contact|fct_queue_visit|
abandon_seconds_all_squared;seconds_squared;decimal(38, 8);sum;;;;|fct_contact|fct_queue_visit|
abandon_seconds_counted;seconds;decimal(18, 3);sum;;;;|fct_contact|fct_queue_visit|
abandon_seconds_counted_squared;seconds_squared;decimal(38, 8);sum;;;;|fct_contact|fct_queue_visit|
service_level_met;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
service_level_offered;contacts;bigint;sum;;;;|fct_contact|fct_queue_visit|
contacts_transfer_recorded;contacts;bigint;sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
contacts_transferred;contacts;bigint;sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
contacts_transferred_same_queue;contacts;bigint;sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
contacts_transferred_other_queue;contacts;bigint;sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
contacts_transferred_expert;contacts;bigint;sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
contacts_transferred_blind;contacts;bigint;sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
contacts_transferred_warm;contacts;bigint;sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
transfer_events;contacts;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
duration_contacts;contacts;bigint;sum;contact;;;|fct_contact|fct_queue_visit|fct_contact_leg|
contact_duration_seconds;seconds;decimal(18, 3);sum;contact;;;|fct_contact|fct_queue_visit|fct_contact_leg|
contact_duration_seconds_squared;seconds_squared;decimal(38, 8);sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
first_response_legs;contacts;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
first_response_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
first_response_seconds_squared;seconds_squared;decimal(38, 8);sum;sum;;;|fct_contact_leg|
first_response_business_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
first_response_business_seconds_squared;seconds_squared;decimal(38, 8);sum;sum;;;|fct_contact_leg|
first_response_unanswered_legs;contacts;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
customer_first_response_contacts;contacts;bigint;sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
customer_first_response_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
customer_first_response_seconds_squared;seconds_squared;decimal(38, 8);sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
response_turns;contacts;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
response_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
response_seconds_squared;seconds_squared;decimal(38, 8);sum;sum;;;|fct_message_turn|
response_business_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
response_business_seconds_squared;seconds_squared;decimal(38, 8);sum;sum;;;|fct_message_turn|
customer_response_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
customer_response_seconds_squared;seconds_squared;decimal(38, 8);sum;sum;;;|fct_message_turn|
response_from_last_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
response_from_last_seconds_squared;seconds_squared;decimal(38, 8);sum;sum;;;|fct_message_turn|
contacts_with_turns;contacts;bigint;sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
contact_mean_response_seconds;seconds;decimal(18, 3);sum;ratio;response_seconds;response_turns;|fct_contact|fct_queue_visit|fct_contact_leg|
contact_mean_response_seconds_squared;seconds_squared;decimal(38, 8);sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
customer_messages;messages;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
agent_messages;messages;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
system_messages;messages;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
mixed_messages;messages;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
mixed_customer_messages;messages;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
mixed_agent_messages;messages;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
mixed_system_messages;messages;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
message_contacts_inbound;contacts;bigint;sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
invalid_contacts_inbound;contacts;bigint;sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
message_contacts_callback;contacts;bigint;sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
invalid_contacts_callback;contacts;bigint;sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
message_contacts;contacts;bigint;sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
invalid_contacts;contacts;bigint;sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
talk_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
hold_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
wrap_up_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
wrap_up_seconds_squared;seconds_squared;decimal(38, 8);sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
handle_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
handle_seconds_squared;seconds_squared;decimal(38, 8);sum;sum;;;|fct_contact_leg|
wrap_up_contacts;contacts;bigint;sum;once;;;|fct_contact|fct_queue_visit|fct_contact_leg|
handled_legs;count;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
handled_legs_outgoing;count;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
handled_legs_timed;count;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
waited_business_seconds;seconds;decimal(18, 3);sum;;;;|fct_contact|fct_queue_visit|
waited_business_seconds_squared;seconds_squared;decimal(38, 8);sum;;;;|fct_contact|fct_queue_visit|
fcr_cases;contacts;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
fcr_resolved;contacts;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
fcr_provisional_cases;contacts;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
repeat_cases;contacts;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
repeats_24h;contacts;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
repeats_72h;contacts;bigint;sum;sum;;;|fct_contact|fct_queue_visit|fct_contact_leg|
customers;count;bigint;distinct;;;;|int_measure__customer_period|
single_contact_customers;count;bigint;distinct;;;;|int_measure__customer_period|
customer_days;count;bigint;sum;;;;|int_measure__service_day|
visitors;count;bigint;sum;;;;|fct_site_visit|
agent_days;count;bigint;sum;sum;;;|fct_agent_day|
state_agent_days;count;bigint;sum;sum;;;|fct_agent_day|int_state__half_hour|
agent_days_states_missing;count;bigint;sum;sum;;;|fct_agent_day|
handled_legs_known_agent;count;bigint;sum;sum;;;|fct_agent_day|
handled_legs_states_recorded;count;bigint;sum;sum;;;|fct_agent_day|int_measure__half_hour|
signed_in_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_agent_day|int_state__half_hour|
ready_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_agent_day|
busy_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_agent_day|
away_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_agent_day|
training_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_agent_day|
wrap_up_state_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_agent_day|
working_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_agent_day|
engaged_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_agent_day|
engaged_sum_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_agent_day|
available_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_agent_day|int_state__half_hour|
occupied_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_agent_day|int_state__half_hour|
occupancy_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_agent_day|int_state__half_hour|
headcount_days;count;bigint;sum;sum;;;|fct_agent_day|
leavers;count;bigint;sum;sum;;;|fct_agent_day|
leaver_replacement_cost;money;bigint;sum;sum;;;|int_measure__person_day|
peak_concurrent_legs;contacts;bigint;max;;;;|fct_agent_day|
configured_max_concurrent;contacts;bigint;max;;;;|fct_agent_day|
peak_cap_share;share;bigint;max;;;;|fct_agent_day|
reviews;reviews;bigint;sum;sum;;;|fct_quality_review|
reviews_passed;reviews;bigint;sum;sum;;;|fct_quality_review|
live_reviews;reviews;bigint;sum;sum;;;|fct_quality_review|
reviews_with_severe_error;reviews;bigint;sum;sum;;;|fct_quality_review|
reviews_with_general_error;reviews;bigint;sum;sum;;;|fct_quality_review|
severe_errors;count;bigint;sum;sum;;;|fct_quality_review|
general_errors;count;bigint;sum;sum;;;|fct_quality_review|
random_reviews;reviews;bigint;sum;sum;;;|fct_quality_review|
reviews_acknowledged;reviews;bigint;sum;sum;;;|fct_quality_review|
review_items_scored;count;bigint;sum;sum;;;|fct_quality_review|
reviews_greeting_scored;reviews;bigint;sum;sum;;;|fct_quality_review|
reviews_greeting_complete;reviews;bigint;sum;sum;;;|fct_quality_review|
review_errors;count;bigint;sum;sum;;;|fct_check_error|
good_faith_errors;count;bigint;sum;sum;;;|fct_check_error|
complaints;count;bigint;sum;sum;;;|fct_complaint|
complaints_decided;count;bigint;sum;sum;;;|fct_complaint|
complaints_upheld;count;bigint;sum;sum;;;|fct_complaint|
complaints_pending;count;bigint;sum;sum;;;|fct_complaint|
complaint_decision_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_complaint|
internal_complaints;count;bigint;sum;sum;;;|fct_complaint|
contacts_complaint_recorded;contacts;bigint;sum;sum;;;|int_measure__scope_day|
severe_incidents;count;bigint;sum;sum;;;|fct_finding|
contacts_finding_recorded;contacts;bigint;sum;sum;;;|int_measure__scope_day|
appeals_decided;count;bigint;sum;sum;;;|fct_appeal|
appeals_granted;count;bigint;sum;sum;;;|fct_appeal|
contacts_avoidability_judged;contacts;bigint;sum;sum;;;|fct_contact_tag|
contacts_avoidable;contacts;bigint;sum;sum;;;|fct_contact_tag|
contacts_tag_recorded;contacts;bigint;sum;sum;;;|int_measure__scope_day|
repeat_contacts_handled;contacts;bigint;sum;sum;;;|int_customer__repeat|
repeats_history_checked;contacts;bigint;sum;sum;;;|fct_contact_tag|
transfers_tag_recorded;contacts;bigint;sum;sum;;;|int_measure__person_day|
transfers_with_cause;contacts;bigint;sum;sum;;;|fct_contact_tag|
effort_minutes_of_causes;minutes;bigint;sum;sum;;;|fct_time_record|
effort_minutes_vital_few;minutes;bigint;sum;sum;;;|int_measure__person_day|
effort_records;count;bigint;sum;sum;;;|fct_time_record|
reviewer_days;count;bigint;sum;sum;;;|fct_agent_day|
reviews_made;reviews;bigint;sum;sum;;;|fct_agent_day|
observed_wrap_ups;count;bigint;sum;sum;;;|fct_agent_day|
observed_wrap_up_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_agent_day|
observed_wrap_up_seconds_squared;seconds_squared;decimal(38, 8);sum;sum;;;|int_agent__event_day|
praises;count;bigint;sum;sum;;;|fct_agent_day|
rating_eligible;contacts;bigint;sum;sum;;;|int_rating__eligible|
rating_invited;count;bigint;sum;sum;;;|fct_rating|
rating_delivered;count;bigint;sum;sum;;;|fct_rating|
ratings;count;bigint;sum;sum;;;|fct_rating|
rating_invited_eligible;count;bigint;sum;sum;;;|fct_rating|
ratings_eligible;count;bigint;sum;sum;;;|fct_rating|
stars_sum;stars;bigint;sum;sum;;;|fct_rating|
stars_squared_sum;stars_squared;decimal(38, 8);sum;sum;;;|fct_rating|
good_ratings;count;bigint;sum;sum;;;|fct_rating|
bad_ratings;count;bigint;sum;sum;;;|fct_rating|
low_ratings;count;bigint;sum;sum;;;|fct_rating|
active_agents;count;bigint;distinct;;;;|int_measure__heard_period|
agents_heard_by_director;count;bigint;distinct;;;;|int_measure__heard_period|
agents_heard_by_duty_manager;count;bigint;distinct;;;;|int_measure__heard_period|
agents_heard_by_supervisor;count;bigint;distinct;;;;|int_measure__heard_period|
agents_heard_by_team_leader;count;bigint;distinct;;;;|int_measure__heard_period|
agents_heard_by_all;count;bigint;distinct;;;;|int_measure__heard_period|
monitoring_sessions;count;bigint;sum;sum;;;|fct_monitoring_session|
live_sessions;count;bigint;sum;sum;;;|fct_monitoring_session|
interventions_received;count;bigint;sum;sum;;;|fct_monitoring_session|
interventions_accepted;count;bigint;sum;sum;;;|fct_monitoring_session|
interventions;count;bigint;sum;sum;;;|fct_intervention|
interventions_allowed;count;bigint;sum;sum;;;|fct_intervention|
test_calls;count;bigint;sum;sum;;;|fct_test_call|
test_calls_passed;count;bigint;sum;sum;;;|fct_test_call|
test_calls_direct;count;bigint;sum;sum;;;|fct_test_call|
test_calls_passed_direct;count;bigint;sum;sum;;;|fct_test_call|
test_calls_simulated;count;bigint;sum;sum;;;|fct_test_call|
test_calls_passed_simulated;count;bigint;sum;sum;;;|fct_test_call|
tickets_audited;count;bigint;sum;sum;;;|fct_ticket_audit|
tickets_wrong;count;bigint;sum;sum;;;|fct_ticket_audit|
tickets_leaked;count;bigint;sum;sum;;;|fct_ticket_audit|
ticket_callbacks_needed;count;bigint;sum;sum;;;|fct_ticket_audit|
ticket_callbacks_made;count;bigint;sum;sum;;;|fct_ticket_audit|
ticket_callback_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_ticket_audit|
receipts_due;count;bigint;sum;sum;;;|fct_document_receipt|
receipts_acknowledged_in_time;count;bigint;sum;sum;;;|fct_document_receipt|
receipts_addressed;count;bigint;sum;sum;;;|fct_document_receipt|
receipts_read;count;bigint;sum;sum;;;|fct_document_receipt|
coachings_of_contacts;count;bigint;sum;sum;;;|fct_coaching|
coachings_after_delay;count;bigint;sum;sum;;;|fct_coaching|
defects_before;count;bigint;sum;sum;;;|fct_defect|
defects_during;count;bigint;sum;sum;;;|fct_defect|
defects_after;count;bigint;sum;sum;;;|fct_defect|
defects;count;bigint;sum;sum;;;|fct_defect|
escalations;count;bigint;sum;sum;;;|fct_service_record|
escalations_context_known;count;bigint;sum;sum;;;|fct_service_record|
escalations_with_context;count;bigint;sum;sum;;;|fct_service_record|
escalations_accepted;count;bigint;sum;sum;;;|fct_service_record|
escalation_accept_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_service_record|
wechat_callbacks;contacts;bigint;sum;sum;;;|fct_service_record|
wechat_callbacks_in_time;contacts;bigint;sum;sum;;;|fct_service_record|
web_callbacks;contacts;bigint;sum;sum;;;|fct_service_record|
state_changes;count;bigint;sum;sum;;;|fct_agent_day|
state_changes_approved;count;bigint;sum;sum;;;|fct_agent_day|
praises_in_contact;count;bigint;sum;sum;;;|fct_service_record|
praise_contacts;count;bigint;sum;sum;;;|fct_service_record|
surveys_delivered;count;bigint;sum;sum;;;|fct_service_record|
surveys_answered;count;bigint;sum;sum;;;|fct_service_record|
follow_ups_due;count;bigint;sum;sum;;;|fct_service_record|
follow_ups_made;count;bigint;sum;sum;;;|fct_service_record|
follow_up_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_service_record|
eligible_complainer_contacts;contacts;bigint;sum;sum;;;|fct_service_record|
invited_complainer_contacts;contacts;bigint;sum;sum;;;|fct_service_record|
mentions;count;bigint;sum;sum;;;|fct_service_record|
mentions_negative;count;bigint;sum;sum;;;|fct_service_record|
listening_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_agent_day|
listening_and_talking_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_agent_day|
listening_observations;count;bigint;sum;sum;;;|fct_agent_day|
shift_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_agent_day|
shift_signed_in_seconds;seconds;decimal(18, 3);sum;sum;;;|fct_agent_day|
shift_days;count;bigint;sum;sum;;;|fct_agent_day|
forecast_absolute_error;contacts;bigint;sum;;;;|fct_forecast_interval|
contacts_in_forecast_intervals;contacts;bigint;sum;;;;|fct_forecast_interval|
forecast_intervals;count;bigint;sum;;;;|fct_forecast_interval|
training_minutes;minutes;bigint;sum;sum;;;|fct_time_record|
staff_score_sum;points;bigint;sum;;;;|fct_team_record|
staff_respondents;count;bigint;sum;;;;|fct_team_record|
staff_invited;count;bigint;sum;;;;|fct_team_record|
staff_net_promoters;count;bigint;sum;;;;|fct_team_record|
staff_loyalty_respondents;count;bigint;sum;;;;|fct_team_record|
meeting_slots_due;count;bigint;sum;;;;|fct_team_record|
meeting_slots_held;count;bigint;sum;;;;|fct_team_record|
leader_days;count;bigint;sum;sum;;;|fct_agent_day|
leader_days_with_plan;count;bigint;sum;sum;;;|fct_agent_day|
leader_months_due;count;bigint;sum;sum;;;|fct_agent_day|
leader_months_met;count;bigint;sum;sum;;;|fct_agent_day|
firefighting_minutes;minutes;bigint;sum;sum;;;|fct_time_record|
manager_minutes;minutes;bigint;sum;sum;;;|fct_time_record|
manager_records;count;bigint;sum;sum;;;|fct_time_record|
leavers_interviewed_outside;count;bigint;sum;sum;;;|fct_agent_day|
self_reports_comparable;count;bigint;sum;sum;;;|fct_self_report|
self_reports_equal;count;bigint;sum;sum;;;|fct_self_report|" -%}
    {%- for line in lines.strip().split('
') -%}
        {%- set name, of_unit, type, of_rollup, of_team, numerator, denominator, of_facts = line.split(';') -%}
        {%- set in_fact = namespace(found=facts is none) -%}
        {%- for fact in facts or [] if '|' ~ fact ~ '|' in of_facts -%}{%- set in_fact.found = true -%}{%- endfor -%}
        {%- if in_fact.found
            and (squares is none or of_unit.endswith('_squared') == squares)
            and name not in but
            and (rollup is none or of_rollup in rollup)
            and (unit is none or of_unit == unit)
            and (in_team is none or of_team == in_team)
            and (also is none or '|' ~ also ~ '|' in of_facts) -%}
            {%- set filled = text.replace('{}', name) -%}
            {%- if '{' in filled -%}
                {%- set filled = filled.replace('{base}', name.replace('_squared', '')).replace('{type}', type)
                    .replace('{numerator}', numerator).replace('{denominator}', denominator)
                    .replace('{position}', (texts | length + 1) | string) -%}
            {%- endif -%}
            {%- do texts.append(filled) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- texts | join(',
    ') -}}
{%- endmacro %}
