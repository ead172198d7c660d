"""The catalogue holds what the source asks for: 22 KPIs, their bands and references, 107 actions, two languages."""

import re
from collections import Counter

import pytest

from orchestration.centre.settings import Thresholds
from tests.support.catalogue_tables import column_types, seed_rows

KPIS = {row["kpi_id"]: row for row in seed_rows("kpis")}
TARGETS = {(row["kpi_id"], row["segment"]): row for row in seed_rows("kpi_targets")}

# Number, code, lower, upper, reference, kind, pleasant side; in base units.
OPERATING = [
    (1, "agent_turnover_rate", "0.15", "0.30", "0.25", "industry", "low"),
    (2, "consultation_rate", "0.05", "", "0.05", "industry", "none"),
    (3, "connect_rate", "0.98", "", "0.98", "industry", "none"),
    (4, "ready_time_share", "0.95", "", "0.92", "industry", "none"),
    (5, "transfer_rate", "", "0.01", "0.03", "industry", "none"),
    (6, "first_contact_resolution_rate", "0.85", "", "0.85", "industry", "none"),
    (7, "max_concurrent_contacts", "", "", "10", "industry", "none"),
    (8, "contacts_per_agent_day", "160", "240", "200", "normal", "high"),
    (9, "avg_contact_duration", "180", "600", "510", "industry", "low"),
    (10, "contacts_per_agent_hour", "20", "30", "20", "industry", "high"),
    (11, "first_response_time", "15", "30", "20", "standard", "low"),
    (12, "avg_response_time", "10", "20", "30", "standard", "low"),
    (13, "avg_queue_time", "30", "90", "150", "industry", "low"),
    (14, "avg_abandon_time", "20", "60", "60", "industry", "none"),
    (15, "queue_placement_rate", "0.10", "0.20", "0.15", "industry", "low"),
    (16, "after_contact_work_time", "30", "60", "60", "industry", "low"),
    (17, "quality_reviews_per_agent_day", "10", "30", "20", "industry", "high"),
    (18, "quality_pass_rate", "0.95", "", "0.95", "industry", "none"),
    (19, "invalid_contact_rate", "", "0.01", "0.01", "recommended", "none"),
    (20, "message_mix_customer", "0.3429", "0.5143", "0.428571", "standard", "none"),
    (20, "message_mix_agent", "0.3429", "0.5143", "0.428571", "standard", "none"),
    (20, "message_mix_system", "0.1143", "0.1714", "0.142857", "standard", "none"),
    (21, "satisfaction_score", "97", "", "97", "industry", "none"),
    (22, "rating_participation_rate", "0.50", "", "0.50", "recommended", "none"),
]


@pytest.mark.parametrize(("number", "kpi_id", "lower", "upper", "reference", "kind", "pleasant"), OPERATING)
def test_each_operating_kpi_has_its_band_and_reference(
    number: int, kpi_id: str, lower: str, upper: str, reference: str, kind: str, pleasant: str
) -> None:
    kpi, target = KPIS[kpi_id], TARGETS[kpi_id, ""]
    assert kpi["kpi_number"] == str(number)
    assert (target["lower_bound"], target["upper_bound"]) == (lower, upper)
    assert (kpi["reference_value"], kpi["reference_kind"]) == (reference, kind)
    assert kpi["pleasant_side"] == pleasant


def test_the_numbers_1_to_22_are_all_there_and_only_the_message_ratio_has_three_rows() -> None:
    numbers = Counter(int(kpi["kpi_number"]) for kpi in KPIS.values() if kpi["kpi_number"])
    assert numbers == {number: 3 if number == 20 else 1 for number in range(1, 23)}


def test_only_contact_duration_has_alarm_limits_fifteen_percent_beyond_its_band() -> None:
    limits = {kpi_id: (kpi["alarm_lower"], kpi["alarm_upper"]) for kpi_id, kpi in KPIS.items() if kpi["alarm_upper"]}
    assert limits == {"avg_contact_duration": ("153", "690")}


def test_the_cap_has_its_own_band_and_one_for_new_staff_technical_queues_and_voice() -> None:
    bands = {
        segment: (row["lower_bound"], row["upper_bound"])
        for (kpi_id, segment), row in TARGETS.items()
        if kpi_id == "configured_max_concurrent"
    }
    assert bands == {"": ("8", "12"), "new": ("4", "6"), "technical": ("4", "6"), "voice": ("", "")}
    assert TARGETS["max_concurrent_contacts", ""]["upper_measure"] == "configured_max_concurrent"
    assert TARGETS["peak_cap_share", ""]["upper_bound"] == "1"


def test_the_turnover_band_judges_a_year_and_nothing_shorter() -> None:
    assert KPIS["agent_turnover_rate"]["judged_periods"] == "year|trailing_365"
    assert TARGETS["agent_turnover_rate", ""]["stretch"] == "0.15"


def test_both_readings_of_the_review_volume_have_the_same_band() -> None:
    one, other = TARGETS["quality_reviews_per_agent_day", ""], TARGETS["quality_reviews_per_reviewer_day", ""]
    assert (one["lower_bound"], one["upper_bound"]) == (other["lower_bound"], other["upper_bound"]) == ("10", "30")


def test_the_state_shares_are_parts_of_the_same_whole() -> None:
    shares = ("ready_time_share", "busy_time_share", "away_time_share", "training_time_share")
    assert {KPIS[share]["denominator_measure"] for share in shares} == {"signed_in_seconds"}
    assert [TARGETS[share, ""]["upper_bound"] for share in shares[1:3]] == ["0.05", "0.05"]


def test_the_names_that_the_source_mixes_up_are_separate_kpis() -> None:
    names = {
        KPIS[kpi_id]["name_zh"] for kpi_id in ("satisfaction_score", "good_rating_rate", "rating_participation_rate")
    }
    assert len(names) == 3


def test_ratings_need_participation_and_nothing_else_does() -> None:
    needing = {kpi_id for kpi_id, kpi in KPIS.items() if kpi["needs_participation"] == "true"}
    assert needing == {"satisfaction_score", "good_rating_rate", "bad_rating_rate", "low_rating_rate"}


def test_every_companion_stands_beside_a_kpi_that_exists() -> None:
    assert {kpi["parent_kpi_id"] for kpi in KPIS.values()} - {""} <= KPIS.keys()


def test_a_band_exists_exactly_where_the_law_names_one() -> None:
    companions = {
        "busy_time_share", "away_time_share", "configured_max_concurrent", "peak_cap_share",
        "after_contact_work_time_observed", "quality_reviews_per_reviewer_day", "invalid_contact_rate_overall",
        "good_rating_rate", "bad_rating_rate", "coaching_delay_compliance", "intervention_allowed_rate",
        "wechat_callback_in_time_rate", "web_callbacks", "listening_share", "self_report_agreement_rate",
    }  # fmt: skip
    assert {kpi_id for kpi_id, _ in TARGETS} == {row[1] for row in OPERATING} | companions


def test_every_proportion_of_records_has_a_wilson_interval_and_thirty_records() -> None:
    wilson = [kpi for kpi in KPIS.values() if kpi["interval_kind"] == "wilson"]
    assert {kpi["unit"] for kpi in wilson} == {"share"}
    rating_kpis = {"good_rating_rate", "bad_rating_rate", "low_rating_rate"}
    # Few complaints are decided in a month: ten say something of how they are handled.
    of_decisions = {"complaint_upheld_rate", "appeal_granted_rate"}
    # Nor are there many interventions, callbacks and talks.
    of_few = {
        "intervention_allowed_rate",
        "intervention_accepted_rate",
        "ticket_callback_rate",
        "coaching_delay_compliance",
    }
    # In a small team all of the staff are fewer than thirty.
    of_staff = {"staff_survey_participation"}
    # Two figures a day are ten in a week.
    of_reports = {"self_report_agreement_rate"}
    others = [kpi for kpi in wilson if kpi["kpi_id"] not in rating_kpis | of_decisions | of_few | of_staff | of_reports]
    assert {kpi["min_sample"] for kpi in others} == {"30"}
    assert {KPIS[kpi_id]["min_sample"] for kpi_id in of_decisions | of_few} == {"10"}
    assert all(kpi["sample_measure"] == kpi["denominator_measure"] for kpi in wilson)


def test_counts_have_no_denominator_and_no_gate() -> None:
    counts = [kpi for kpi in KPIS.values() if kpi["method"] == "ratio" and not kpi["denominator_measure"]]
    assert {kpi["kpi_id"] for kpi in counts} == {
        "contacts_received", "contacts_blocked", "contacts_blocked_full", "contacts_blocked_closed",
        "contacts_blocked_unstaffed", "contacts_blocked_diverted", "contacts_blocked_otherwise", "contacts_handled",
        "short_abandons", "first_response_unanswered",
        "agent_replacement_cost", "complaints_pending", "internal_complaints",
        "web_callbacks", "mentions",
    }  # fmt: skip
    assert {kpi["min_sample"] for kpi in counts} == {"0"}


def test_there_are_107_actions_in_the_numbers_of_the_source() -> None:
    numbers = [KPIS[row["kpi_id"]]["kpi_number"] for row in seed_rows("kpi_actions")]
    per_kpi = Counter(int(number) for number in numbers if number)
    expected = (5, 4, 4, 6, 4, 4, 5, 6, 6, 6, 5, 6, 5, 3, 5, 6, 4, 4, 4, 5, 6, 4)
    assert [per_kpi[number] for number in range(1, 23)] == list(expected)
    assert sum(per_kpi.values()) == 107


def test_what_governance_recommends_has_two_actions_each() -> None:
    per_kpi = Counter(row["kpi_id"] for row in seed_rows("kpi_actions") if not KPIS[row["kpi_id"]]["kpi_number"])
    recommended = {
        "coaching_delay_compliance", "severe_error_rate", "complainer_invitation_rate", "closed_loop_rate",
        "document_acknowledgement_rate", "test_call_pass_rate", "leader_plan_rate", "avoidable_contact_rate",
    }  # fmt: skip
    assert per_kpi == dict.fromkeys(recommended, 2)


def test_what_governance_recommends_is_for_the_side_that_is_wrong() -> None:
    for row in seed_rows("kpi_actions"):
        kpi = KPIS[row["kpi_id"]]
        if not kpi["kpi_number"]:
            wrong = {"higher": "below", "lower": "above"}.get(kpi["direction"], "below")
            assert row["side"] in {wrong, "both"}, row


def test_everything_that_people_read_stands_in_both_languages() -> None:
    chinese = re.compile("[一-鿿]")
    for name in ("kpis", "measures", "kpi_actions"):
        for row in seed_rows(name):
            for column, text in row.items():
                if column.endswith("_zh"):
                    assert chinese.search(text), (name, row)
                if column.endswith("_en"):
                    assert text.strip(), (name, row)
                    assert not chinese.search(text), (name, row)


def test_a_kpi_needs_only_settings_that_a_centre_may_leave_out() -> None:
    left_out = {name for name, setting in Thresholds.model_fields.items() if setting.default is None}
    assert {name for kpi in KPIS.values() for name in kpi["requires_settings"].split("|") if name} <= left_out


def test_a_kpi_is_judged_only_in_periods_that_it_has() -> None:
    for kpi in KPIS.values():
        if kpi["period_kinds"] and kpi["judged_periods"]:
            assert {*kpi["judged_periods"].split("|")} <= {*kpi["period_kinds"].split("|")}


@pytest.mark.parametrize("name", ["kpis", "kpi_targets", "measures", "kpi_actions"])
def test_every_column_has_a_pinned_type(name: str) -> None:
    assert list(column_types(name)) == list(seed_rows(name)[0])
