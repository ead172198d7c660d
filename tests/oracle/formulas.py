"""The KPIs in the oracle's own words: which of its sums stands over which.

A value is a pair (numerator, denominator); a count has the denominator None. Without cases the denominator is 0.
"""

from tests.oracle.message_amounts import Amounts

Value = tuple[int, int | None]

FORMULAS: dict[str, tuple[str, str | None]] = {
    "agent_turnover_rate": ("leavers", "headcount"),
    "agent_turnover_plain_rate": ("leavers", "headcount"),
    "agent_replacement_cost": ("replacement_cost", None),
    "consultation_rate": ("customer_days", "visitors"),
    "connect_rate": ("connected", "attempts"),
    "contacts_received": ("received", None),
    "contacts_blocked": ("blocked", None),
    "contacts_blocked_full": ("blocked_full", None),
    "contacts_blocked_closed": ("blocked_closed", None),
    "contacts_blocked_unstaffed": ("blocked_unstaffed", None),
    "contacts_blocked_diverted": ("blocked_diverted", None),
    "contacts_blocked_otherwise": ("blocked_otherwise", None),
    "contacts_handled": ("handled", None),
    "service_level": ("level_met", "level_base"),
    "abandon_rate": ("abandoned", "routed"),
    "short_abandons": ("abandoned_short", None),
    "avg_queue_time": ("wait", "waited"),
    "avg_queue_time_all": ("wait_all", "wait_known"),
    "avg_queue_time_business": ("open_wait", "waited"),
    "first_response_time_business": ("open_first_response", "first_responses"),
    "avg_response_time_business": ("open_response", "turns"),
    "avg_speed_of_answer": ("answer_wait", "answered"),
    "avg_abandon_time": ("abandon_wait", "abandoned_counted"),
    "avg_abandon_time_all": ("abandon_wait_all", "abandoned_known"),
    "queue_placement_rate": ("over_limit", "wait_known"),
    "ready_time_share": ("working", "signed_in"),
    "busy_time_share": ("busy", "signed_in"),
    "away_time_share": ("away", "signed_in"),
    "training_time_share": ("training", "signed_in"),
    "contacts_per_agent_day": ("legs_with_states", "signed_in"),
    "contacts_per_agent_day_raw": ("legs", "agent_days"),
    "contacts_per_agent_hour": ("legs_with_states", "signed_in"),
    "avg_concurrent_contacts": ("engaged_each", "engaged"),
    "avg_contact_duration": ("duration", "with_duration"),
    "after_contact_work_time": ("wrap_up", "wrapped"),
    "after_contact_work_time_observed": ("observed_seconds", "observed"),
    "avg_handle_time": ("handle", "with_end"),
    "occupancy": ("occupied", "occupancy_base"),
    "utilisation": ("occupied", "signed_in"),
    "first_response_time": ("first_response", "first_responses"),
    "first_response_unanswered": ("unanswered", None),
    "customer_first_response_time": ("customer_first", "customer_firsts"),
    "avg_response_time": ("response", "turns"),
    "customer_response_time": ("customer_response", "turns"),
    "response_time_from_last_message": ("from_last", "turns"),
    "avg_response_time_by_contact": ("mean_response", "with_turns"),
    "message_mix_customer": ("from_customer", "from_all"),
    "message_mix_agent": ("from_agent", "from_all"),
    "message_mix_system": ("from_system", "from_all"),
    "customer_messages_per_agent_message": ("all_from_customer", "all_from_agent"),
    "first_contact_resolution_rate": ("resolved", "resolution_cases"),
    "repeat_contact_rate_24h": ("repeat_24", "repeat_cases"),
    "repeat_contact_rate_72h": ("repeat_72", "repeat_cases"),
    "transfer_rate": ("transferred", "transfer_base"),
    "transfer_rate_blind": ("blind", "transfer_base"),
    "transfer_rate_warm": ("warm", "transfer_base"),
    "transfer_rate_same_queue": ("same_queue", "transfer_base"),
    "transfer_rate_other_queue": ("other_queue", "transfer_base"),
    "transfer_rate_expert": ("expert", "transfer_base"),
    "transfer_events_per_contact": ("transfer_events", "transfer_base"),
    "quality_reviews_per_agent_day": ("reviews", "agent_days"),
    "quality_reviews_per_reviewer_day": ("made", "reviewer_days"),
    "quality_pass_rate": ("reviews_passed", "reviews"),
    "live_review_share": ("live", "reviews"),
    "severe_error_rate": ("with_severe", "reviews"),
    "general_error_rate": ("with_general", "reviews"),
    "severe_errors_per_100_reviews": ("severe_errors", "reviews"),
    "general_errors_per_100_reviews": ("general_errors", "reviews"),
    "invalid_contact_rate": ("invalid_inbound", "message_contacts_inbound"),
    "invalid_callback_rate": ("invalid_callback", "message_contacts_callback"),
    "invalid_contact_rate_overall": ("invalid", "message_contacts"),
    "satisfaction_score": ("stars", "ratings"),
    "good_rating_rate": ("good", "ratings"),
    "bad_rating_rate": ("bad", "ratings"),
    "low_rating_rate": ("low", "ratings"),
    "rating_participation_rate": ("ratings", "delivered"),
    "rating_participation_rate_of_eligible": ("ratings_eligible", "eligible"),
    "rating_invitation_rate": ("invited_eligible", "eligible"),
    "praise_per_1000": ("praises", "handled"),
    "praise_in_contact_per_1000": ("praise_in_contact", "handled"),
    "praise_contact_per_1000": ("praise_contact", "handled"),
    "rating_delivery_rate": ("delivered", "invited"),
    "good_faith_error_share": ("good_faith", "errors"),
    "random_review_share": ("random", "reviews"),
}


SAMPLES = {
    "agent_replacement_cost": "leavers",
    "avg_concurrent_contacts": "agent_days",
    **dict.fromkeys(("ready_time_share", "busy_time_share", "away_time_share", "training_time_share"), "state_days"),
    **dict.fromkeys(("contacts_per_agent_day", "contacts_per_agent_hour", "occupancy", "utilisation"), "state_days"),
}
"""The records behind a value where these are neither what is divided by nor what is counted."""

SCALES = {
    "agent_turnover_rate": 365,
    "contacts_per_agent_day": 8 * 3600,
    "contacts_per_agent_hour": 3600,
    "severe_errors_per_100_reviews": 100,
    "general_errors_per_100_reviews": 100,
    "satisfaction_score": 20,
    **dict.fromkeys(("praise_per_1000", "praise_in_contact_per_1000", "praise_contact_per_1000"), 1000),
}
PEAKS = {
    "max_concurrent_contacts": "peak_concurrent_legs",
    "configured_max_concurrent": "configured_max_concurrent",
    "peak_cap_share": "share",
}
CUSTOMER_SHARE = "single_contact_customer_share"
RECKONED = {*FORMULAS, *PEAKS, CUSTOMER_SHARE}
BY_HAND = "the random centres have no such records: worked by hand in tests/test_governance_values.py"
UNRECKONED: dict[str, str] = dict.fromkeys(
    (
        "complaint_rate",
        "complaint_upheld_rate",
        "complaints_pending",
        "upheld_complaints_per_1000",
        "complaint_decision_time",
        "internal_complaints",
        "severe_incidents_per_1000",
        "appeal_granted_rate",
        "severe_errors_per_1000_items",
        "general_errors_per_1000_items",
        "greeting_complete_rate",
        "review_seen_rate",
        "avoidable_contact_rate",
        "avoidable_judged_share",
        "history_checked_rate",
        "transfer_cause_told_rate",
        "effort_on_vital_few_share",
    ),
    BY_HAND,
) | dict.fromkeys(
    (
        "monitoring_coverage_director",
        "monitoring_coverage_duty_manager",
        "monitoring_coverage_supervisor",
        "monitoring_coverage_team_leader",
        "monitoring_coverage_all",
        "live_monitoring_share",
        "intervention_allowed_rate",
        "intervention_accepted_rate",
        "test_call_pass_rate",
        "test_call_pass_rate_direct",
        "test_call_pass_rate_simulated",
        "ticket_audit_error_rate",
        "ticket_leakage_rate",
        "ticket_callback_rate",
        "ticket_callback_time",
        "document_acknowledgement_rate",
        "document_read_rate",
        "coaching_delay_compliance",
        "defects_caught_before_share",
        "defects_caught_during_share",
        "defects_caught_after_share",
    ),
    BY_HAND.replace("governance", "control"),
)
UNRECKONED |= dict.fromkeys(
    (
        "escalation_context_rate",
        "self_report_agreement_rate",
        "escalation_accept_rate",
        "escalation_accept_time",
        "wechat_callback_in_time_rate",
        "web_callbacks",
        "state_approval_rate",
        "survey_response_rate",
        "closed_loop_rate",
        "survey_follow_up_time",
        "complainer_invitation_rate",
        "negative_mention_share",
        "mentions",
        "listening_share",
        "schedule_adherence",
        "forecast_error",
        "outbound_share",
        "training_hours_per_head",
        "staff_satisfaction",
        "staff_loyalty",
        "staff_survey_participation",
        "achievement_meeting_rate",
        "leader_plan_rate",
        "leader_meeting_rate",
        "firefighting_share",
        "exit_interview_rate",
    ),
    "the random centres have hardly any such records: worked by hand in tests/test_voice_values.py",
)
"""KPIs of the catalogue that the oracle does not reckon, each with the reason."""


def sample_of(kpi_id: str) -> str:
    """Return the sum that counts the records behind a KPI."""
    numerator, denominator = FORMULAS[kpi_id]
    return SAMPLES.get(kpi_id, denominator or numerator)


def scale_of(kpi_id: str, days: int) -> int:
    """Return what the quotient is multiplied by; headcount-days over the days of a period are its mean headcount."""
    return days if kpi_id == "agent_turnover_plain_rate" else SCALES.get(kpi_id, 1)


def value_of(kpi_id: str, amounts: Amounts) -> Value:
    """Return numerator and denominator of a KPI from the sums of its scope and period."""
    numerator, denominator = FORMULAS[kpi_id]
    return amounts[numerator], amounts[denominator] if denominator else None
