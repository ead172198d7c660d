"""For every data test of contacts, people and the mart: wrong rows that it must find, one for each thing it holds."""

from __future__ import annotations

from tests.support.identity_warehouse import Change, changed, gone, told_twice

NOBODY = "'nobody'"


def plus_one(relation: str, columns: str, where: str = "true") -> list[Change]:
    """One change for each of the columns, in which it is one more than it was."""
    return [changed(relation, where, **{column: f"{column} + 1"}) for column in columns.split()]


def set_to(value: str, relation: str, columns: str, where: str = "true") -> list[Change]:
    """One change for each of the columns, in which it has another value."""
    return [changed(relation, where, **{column: value}) for column in columns.split()]


RECONCILED = "accepted_rows kept_rows duplicate_rows superseded_rows"

CONTACTS: dict[str, list[Change]] = {
    "assert_accepted_rows_are_kept_or_set_aside": plus_one("int_feed__reconciliation", RECONCILED),
    "assert_contact_numbers_are_unique": [told_twice("int_contact__base")],
    "assert_contacts_made_anew_lie_on_dates_made_anew": [
        changed("int_contact__base", contact_date="date '1970-01-01'"),
    ],
    "assert_every_routed_visit_ends_in_one_way": [
        *plus_one(
            "fct_queue_visit",
            "contacts_routed contacts_answered contacts_abandoned contacts_left_otherwise contacts_still_queued",
        ),
        *plus_one(
            "fct_queue_visit",
            "contacts_abandoned_short contacts_abandoned_counted contacts_abandoned_wait_recorded "
            "contacts_answered_wait_recorded contacts_wait_recorded contacts_blocked contacts_blocked_full "
            "contacts_blocked_closed contacts_blocked_unstaffed contacts_blocked_diverted contacts_blocked_otherwise",
        ),
        changed("fct_queue_visit", "outcome = 'connected' and contacts_routed = 1", outcome="'left'"),
        changed("fct_queue_visit", "outcome = 'left' and contacts_routed = 1", outcome="'open'"),
    ],
    "assert_leg_measures_add_up_to_contacts": [
        gone("fct_contact_leg"),
        *plus_one(
            "fct_contact_leg",
            "handle_seconds first_response_seconds response_turns response_seconds customer_messages agent_messages "
            "system_messages fcr_cases",
        ),
    ],
    "assert_no_accepted_contact_is_dropped": [
        gone("fct_contact", "not is_header_missing"),
        gone("fct_contact", "is_header_missing"),
        changed("fct_contact", contact_key=NOBODY),
    ],
    "assert_test_contacts_measure_nothing": [
        *plus_one("fct_contact", "contacts_received connect_attempts repeats_72h talk_seconds", "is_test"),
        *plus_one("fct_contact_leg", "handled_legs mixed_system_messages", "is_test"),
        *plus_one("fct_queue_visit", "contacts_routed", "is_test"),
    ],
    "assert_turns_add_up_to_legs": [
        gone("fct_message_turn"),
        *plus_one("fct_message_turn", "response_seconds"),
        *plus_one("fct_contact_leg", "response_turns response_seconds"),
        gone("fct_contact_leg", "response_turns > 0"),
    ],
    "assert_visits_add_up_to_contacts": [
        gone("fct_queue_visit", "handled_legs > 0"),
        *plus_one("fct_queue_visit", "handled_legs response_seconds customer_messages system_messages"),
    ],
}

PEOPLE: dict[str, list[Change]] = {
    "assert_an_agent_has_at_most_one_home_team_a_day": [told_twice("int_team__member_day", "is_home_team")],
    "assert_leavers_of_the_headcount_are_in_the_list_of_leavers": [
        gone("fct_leaver", "leavers > 0"),
        *plus_one("fct_agent_day", "leavers"),
    ],
    "assert_nobody_is_signed_in_longer_than_the_day": set_to(
        "25 * 3600 + 1", "fct_agent_day", "signed_in_seconds engaged_seconds"
    ),
    "assert_one_invitation_of_a_contact_counts": [told_twice("fct_rating", "rating_invited = 1")],
    "assert_openings_of_a_channel_do_not_overlap": [
        changed("int_opening__interval", "opens_at < closes_at", closes_at="opens_at - interval 1 second"),
        told_twice("int_opening__interval"),
    ],
    "assert_ratings_and_reviews_name_known_contacts": [
        changed("fct_rating", contact_key=NOBODY),
        changed("fct_quality_review", contact_key=NOBODY),
    ],
    "assert_ratings_are_delivered_and_deliveries_invited": [
        *set_to("0", "fct_rating", "rating_delivered ratings", "ratings_eligible = 1 and stars_sum = 5"),
        changed("fct_rating", "ratings_eligible = 1", rating_invited="0", rating_invited_eligible="0"),
        *set_to("1", "fct_rating", "bad_ratings", "good_ratings = 1"),
        *set_to("1", "fct_rating", "rating_invited_eligible", "rating_invited = 0"),
        *set_to("1", "fct_rating", "ratings_eligible", "ratings = 0"),
    ],
    "assert_states_of_an_agent_day_add_up_to_its_signed_in_time": plus_one(
        "fct_agent_day",
        "signed_in_seconds ready_seconds busy_seconds away_seconds training_seconds wrap_up_state_seconds",
    ),
}

SCOPE_DAY, MONTH = "int_measure__scope_day", "int_measure__scope_month"
PERIOD, VALUE = "int_measure__scope_period", "fct_kpi_value"
PART, ENTRY = "fct_quality_index_part", "fct_points_entry"
IMPACT, CUMULATIVE = "fct_metric_impact", "fct_cumulative_impact"
PART_OF_MANY = "kpi_id = 'transfer_rate' and period_kind = 'month' and denominator > 0 and leave_one_out is not null"
MONTH_OF_CENTRE = "kpi_id = 'transfer_rate' and scope_kind = 'centre' and period_kind = 'month' and n > 0"
WORKED = "kpi_group = '' and scope_kind = '{}' and handled_legs > 0"
TOP_TEAMS = "select team_id from seen.dim_team where parent_team_id is null"
SUMS = "numerator denominator raw_numerator raw_denominator n excluded_n"
RECORDED_RATIO = "kpi_id = 'first_contact_resolution_rate' and numerator is not null and period_kind = '{}'"
SHARE = "kpi_id = 'rating_participation_rate' and n > 0"
UPHELD = "kpi_id = 'upheld_complaints_per_1000' and scope_kind = 'centre' and numerator > 0 and period_kind = 'month'"
CONNECTS = "kpi_id = 'connect_rate' and raw_denominator > 0 and period_kind = 'month' and scope_kind = '{}'"

MART: dict[str, list[Change]] = {
    "assert_accepted_contacts_are_contacts_in_facts": [
        gone("fct_contact", "not is_header_missing"),
        told_twice("fct_contact", "not is_header_missing"),
        *plus_one("int_feed__reconciliation", "kept_rows", "feed = 'contacts'"),
    ],
    "assert_accepted_rows_are_kept_duplicate_or_superseded": plus_one("fct_feed_reconciliation", RECONCILED),
    "assert_agents_add_up_to_their_teams": [
        gone("fct_contact_leg", "agent_id is not null and handled_legs > 0"),
        told_twice("fct_agent_day", "signed_in_seconds > 0"),
        *plus_one("fct_rating", "stars_sum", "is_counted"),
        gone("fct_quality_review", "reviews > 0"),
        gone("bridge_agent_team_day"),
        gone(SCOPE_DAY, WORKED.format("team")),
    ],
    "assert_agents_and_unknown_agents_add_up_to_the_centre": [
        gone(SCOPE_DAY, WORKED.format("agent")),
        changed("fct_contact_leg", "handled_legs > 0", agent_id="null"),
        changed("fct_rating", "ratings > 0", agent_id="null"),
        changed("fct_quality_review", "reviews > 0", agent_id="null"),
        *plus_one("fct_contact", "customer_messages", "leg_count = 0"),
    ],
    "assert_causes_add_up_to_their_records": [
        *plus_one("fct_cause_pareto", "events total share position"),
        *set_to("0.5", "fct_cause_pareto", "cumulative_share", "cumulative_share = 1"),
        gone("fct_cause_pareto"),
        *plus_one(VALUE, "numerator", UPHELD),
    ],
    "assert_contact_contributions_add_up_to_channel_and_centre_values": [
        gone("fct_contact", "contacts_handled > 0"),
        told_twice("fct_contact", "contacts_received > 0"),
        *plus_one("fct_contact", "response_seconds fcr_cases waited_seconds"),
        *plus_one(VALUE, "raw_numerator raw_denominator", CONNECTS.format("channel")),
    ],
    "assert_days_add_up_to_months_and_everything": [
        *plus_one(VALUE, SUMS, RECORDED_RATIO.format("day")),
        *plus_one(VALUE, SUMS, RECORDED_RATIO.format("month")),
        *plus_one(VALUE, SUMS, RECORDED_RATIO.format("all")),
        gone(VALUE, RECORDED_RATIO.format("month")),
    ],
    "assert_half_hours_add_up_to_their_day": [
        *plus_one("fct_kpi_half_hour", "numerator", "kpi_id = 'contacts_received'"),
        *plus_one("fct_kpi_half_hour", "numerator", "kpi_id = 'contacts_handled'"),
        gone("fct_kpi_half_hour", "kpi_id = 'contacts_handled' and numerator > 0"),
        *plus_one("fct_kpi_half_hour", "denominator", "kpi_id = 'utilisation'"),
    ],
    "assert_leg_contributions_add_up_to_agent_values": [
        gone("fct_contact_leg", "handled_legs > 0"),
        told_twice("fct_agent_offer", "not is_test and agent_id is not null"),
        *plus_one(VALUE, "raw_numerator raw_denominator", CONNECTS.format("agent")),
    ],
    "assert_lines_of_an_assessment_add_up_to_its_total": [
        *plus_one(
            "fct_assessment",
            "unrounded_total total component_points reward_points complaint_points error_points fraud_points "
            "team_points clip_points",
            "total is not null",
        ),
        *plus_one("fct_assessment_line", "points"),
        gone("fct_assessment", "total is not null and complaint_points > 0"),
        gone("fct_assessment_line", "points != 0"),
        told_twice("fct_assessment_line", "points < 0"),
    ],
    "assert_no_value_stands_where_nothing_was_measured": [
        *set_to("0", VALUE, "value", "status = 'no_data'"),
        *set_to("null", VALUE, "value", "status = 'in_band'"),
        *set_to("'good'", VALUE, "verdict", "status = 'no_data'"),
        *set_to("'good'", VALUE, "verdict", "status = 'insufficient_sample'"),
        *set_to("null", VALUE, "reason", "status = 'insufficient_sample'"),
        *set_to("value + 1", VALUE, "ci_lower", "ci_lower is not null"),
        *set_to("value - 1", VALUE, "ci_upper", "ci_lower is not null"),
        *set_to("-1", VALUE, "n excluded_n", "n = 0"),
        *set_to("p90 + 1", VALUE, "p50", "p50 is not null"),
        *set_to("0", VALUE, "numerator n raw_numerator", "reason = 'not_recorded'"),
        *set_to("null", VALUE, "numerator n raw_numerator", "reason = 'no_cases'"),
        *set_to("'not_recorded'", VALUE, "reason", "reason = 'no_cases'"),
    ],
    "assert_parts_of_complaints_add_up_to_their_kpis": [
        *plus_one("fct_complaint_part", "received decided upheld pending"),
        gone("fct_complaint_part", "scope_kind = 'team' and part_kind = 'topic'"),
        told_twice("fct_complaint_part", "scope_kind = 'centre' and part_kind = 'leaf'"),
        *plus_one(VALUE, "numerator", "kpi_id = 'complaint_rate' and scope_kind = 'team' and period_kind = 'month'"),
    ],
    "assert_parts_of_a_whole_make_its_gap": [
        # Where a whole has several parts of the kind: its whole value is told without them too.
        *[gone(IMPACT, f"{PART_OF_MANY} and part_kind = '{kind}'") for kind in ("team", "agent")],
        gone(IMPACT, "part_kind = 'shared'"),
        told_twice(IMPACT, "denominator > 0"),
        *plus_one(IMPACT, "numerator denominator contribution gap bound whole_value"),
        *plus_one(VALUE, "numerator denominator", MONTH_OF_CENTRE),
    ],
    "assert_queues_account_for_every_visit": plus_one(
        SCOPE_DAY,
        "contacts_routed contacts_answered contacts_abandoned contacts_left_otherwise contacts_still_queued",
        "scope_kind = 'queue'",
    ),
    "assert_shares_of_records_stay_between_nothing_and_all": [
        *set_to("-1", VALUE, "numerator", SHARE),
        *set_to("denominator + 1", VALUE, "numerator", SHARE),
        *set_to("raw_denominator + 1", VALUE, "raw_numerator", SHARE),
    ],
    "assert_signals_are_made_of_their_contacts": [
        *plus_one("fct_topic_hour", "contacts", "topic = '*' and local_date > date '2026-04-03'"),
        *plus_one("fct_topic_hour", "contacts", "window_state = 'signal'"),
        *plus_one("fct_topic_signal", "contacts"),
        gone("fct_topic_signal"),
        told_twice("fct_topic_signal"),
    ],
    "assert_squares_of_days_add_up_to_months_and_everything": [
        *plus_one(SCOPE_DAY, "waited_seconds_squared response_seconds_squared"),
        *plus_one(MONTH, "handle_seconds_squared stars_squared_sum"),
        *plus_one(PERIOD, "contact_duration_seconds_squared", "period_kind = 'all'"),
        gone(MONTH, "waited_seconds_squared > 0"),
    ],
    "assert_teams_count_a_contact_once": [
        *plus_one(SCOPE_DAY, "contacts_handled contacts_transferred", "scope_kind = 'team' and kpi_group = ''"),
        gone("fct_contact_leg", "contacts_transferred > 0"),
    ],
    "assert_the_peak_of_a_period_is_that_of_one_of_its_days": [
        *plus_one(VALUE, "numerator", "kpi_id = 'max_concurrent_contacts' and period_kind = 'month'"),
        *plus_one(VALUE, "numerator", "kpi_id = 'max_concurrent_contacts' and period_kind = 'all'"),
    ],
    "assert_top_teams_and_agents_without_team_add_up_to_the_centre": [
        gone(SCOPE_DAY, f"{WORKED.format('team')} and scope_id in ({TOP_TEAMS})"),
        gone("bridge_agent_team_day"),
    ],
    "assert_visit_contributions_add_up_to_queue_values": [
        gone("fct_queue_visit", "contacts_routed > 0 and queue_id is not null"),
        *plus_one("fct_queue_visit", "waited_seconds handle_seconds", "queue_id is not null"),
        *plus_one(VALUE, "raw_numerator raw_denominator", CONNECTS.format("queue")),
    ],
    "assert_parts_of_the_index_add_up": [
        changed(PART, "points > 0", points="points - 0.000001"),
        changed(PART, "is_measured", weight="weight + 1"),
        changed(PART, "is_measured", attainment="null"),
        gone(PART, "points > 0"),
        told_twice(PART, "points > 0"),
        gone("fct_quality_index"),
        changed("fct_quality_index", "quality_index is not null", index_state="'held'"),
        changed("fct_quality_index", "quality_index is not null", quality_index="quality_index + 100"),
        *plus_one("fct_quality_index", "components measured_weight"),
    ],
    "assert_points_are_those_of_their_records": [
        *plus_one(ENTRY, "points", "entry_kind = 'entry'"),
        gone(ENTRY, "points > 0"),
        told_twice(ENTRY, "points > 0"),
        *plus_one("fct_points_rank", "points entries place"),
        *plus_one(ENTRY, "points", "entry_kind = 'reversal'"),
        changed(ENTRY, "entry_kind = 'reversal'", entry_date="entry_date + 1"),
        changed(ENTRY, "record_kind = 'recognition'", record_id=NOBODY),
        gone("fct_points_event", "rule = 'achievement'"),
        gone("fct_contest_standing", "is_winner and is_over"),
        gone("int_assessment__penalised"),
    ],
    "assert_what_errors_cost_is_told_of_every_record": [
        *plus_one(CUMULATIVE, "events", "cause = '*'"),
        *plus_one(CUMULATIVE, "events", "cause != '*' and scope_kind = 'team'"),
        gone(CUMULATIVE, "scope_kind = 'centre' and cause = '*'"),
        told_twice(CUMULATIVE, "scope_kind = 'centre'"),
        gone("fct_cause_record", "family = 'general_error' and not is_excluded"),
        *set_to("0.5", CUMULATIVE, "points_deducted", "cause = '*'"),
        *set_to("1", CUMULATIVE, "money"),
    ],
}

BREAKS = CONTACTS | PEOPLE | MART
