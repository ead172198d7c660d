"""Acceptance cases as they stand in the value table, through every model between (labels: acceptance cases)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.support.mart_cases import ALL_CASES, EMPTY_DAY
from tests.support.mart_home import build_mart, value_row
from tests.support.raw_rows import RawHome

Ask = Callable[..., dict[str, Any]]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    home = RawHome(tmp_path_factory.mktemp("values"), as_of="2026-04-20T20:00:00+00:00")
    home.source("desk", not_recorded=("messages", "system_messages", "agent_states", "staff", "site_visits"))
    home.source("chat", not_recorded=("ratings", "transfers"))
    home.source("hr")
    home.setting("rated_channels", [{"channel": "web"}])
    for add in ALL_CASES:
        add(home)
    build_mart(home)
    return home


@pytest.fixture(scope="module")
def ask(home: RawHome) -> Ask:
    def ask(kpi_id: str, scope: str, period: str = "month 2026-03-01") -> dict[str, Any]:
        scope_kind, _, scope_id = scope.partition(" ")
        period_kind, start = period.split()
        return value_row(home.folder, kpi_id, scope_kind, scope_id or "centre", period_kind, start)

    return ask


@pytest.mark.parametrize("scope", ["team avg", "queue avg", "team_channel avg|web"])
def test_avg_1_a_mean_weighs_by_contacts_not_by_agents(ask: Ask, scope: str) -> None:
    row = ask("avg_contact_duration", scope)
    assert (row["numerator"], row["denominator"], row["n"]) == (15000, 210, 210)
    assert row["value"] == pytest.approx(71.43, abs=0.005)
    assert (row["p50"], row["p90"], row["status"], row["verdict"]) == (60, 60, "below_band", "too_good")


def test_avg_2_a_day_without_contacts_has_no_value(ask: Ask) -> None:
    row = ask("avg_contact_duration", "centre", f"day {EMPTY_DAY}")
    assert (row["value"], row["status"], row["verdict"], row["reason"]) == (None, "no_data", "none", "no_cases")
    assert (row["numerator"], row["denominator"], row["n"]) == (0, 0, 0)


def test_sl_1_short_abandons_leave_the_denominator(ask: Ask) -> None:
    row = ask("service_level", "queue sl")
    assert (row["numerator"], row["denominator"]) == (860, 1050)
    assert row["value"] == pytest.approx(0.8190, abs=0.00005)


def test_sl_2_nothing_offered_is_no_service_level(ask: Ask) -> None:
    row = ask("service_level", "centre", f"day {EMPTY_DAY}")
    assert (row["value"], row["ci_lower"], row["status"]) == (None, None, "no_data")


def test_cr_1_attempts_of_all_directions_count(ask: Ask) -> None:
    row = ask("connect_rate", "channel app")
    assert (row["numerator"], row["denominator"], row["value"]) == (960, 1000, 0.96)
    assert (row["status"], row["verdict"]) == ("below_band", "bad")


def test_q_1_placement_is_strictly_over_the_limit(ask: Ask) -> None:
    assert ask("queue_placement_rate", "queue q1")["value"] == 0.4
    assert ask("avg_queue_time", "queue q1")["value"] == 67.75
    assert ask("avg_queue_time_all", "queue q1")["value"] == pytest.approx(54.2)


def test_q_1_percentiles_are_waits_that_happened(ask: Ask) -> None:
    row = ask("avg_queue_time", "queue q1")
    assert (row["p50"], row["p90"]) == (60, 120)
    assert (row["status"], row["reason"]) == ("insufficient_sample", "few_cases")


def test_q_2_short_abandons_are_counted_apart(ask: Ask) -> None:
    counted = ask("avg_abandon_time", "queue q2")
    assert (counted["n"], counted["value"]) == (2, 24.0)
    assert ask("avg_abandon_time_all", "queue q2")["value"] == 17.0


def test_cs_1_ratings_below_the_participation_gate_are_no_sample(ask: Ask) -> None:
    assert ask("rating_participation_rate", "queue cs1")["value"] == 0.4
    assert ask("rating_participation_rate_of_eligible", "queue cs1")["value"] == pytest.approx(1 / 3)
    for kpi_id, value in (("good_rating_rate", 0.9), ("bad_rating_rate", 0.05), ("low_rating_rate", 0.1)):
        assert ask(kpi_id, "queue cs1")["value"] == pytest.approx(value)
    score = ask("satisfaction_score", "queue cs1")
    assert score["value"] == pytest.approx(91.5)
    assert (score["status"], score["reason"], score["verdict"]) == ("insufficient_sample", "low_participation", "none")


def test_a_mean_score_has_a_normal_interval_from_its_squares(ask: Ask) -> None:
    score = ask("satisfaction_score", "queue cs1")
    # 40 ratings, sum 183, sum of squares 869: variance (869 - 183^2 / 40) / 39 = 0.8147; 20 x 1.96 x sqrt(0.8147 / 40).
    assert score["ci_upper"] - score["value"] == pytest.approx(5.594, abs=0.002)
    assert score["value"] - score["ci_lower"] == pytest.approx(5.594, abs=0.002)


def test_cs_2_both_sides_of_a_rate_take_the_same_filter(ask: Ask) -> None:
    row = ask("rating_participation_rate", "agent cs2")
    assert (row["numerator"], row["denominator"], row["value"]) == (8, 20, 0.4)


def test_cs_3_few_records_have_a_wide_interval(ask: Ask) -> None:
    few, many = (ask("quality_pass_rate", f"agent {agent}") for agent in ("cs3-few", "cs3-many"))
    assert (few["value"], many["value"]) == (1.0, 0.97)
    assert few["ci_lower"] == pytest.approx(0.676, abs=0.0005)
    assert few["ci_upper"] == 1.0
    assert many["ci_lower"] == pytest.approx(0.915, abs=0.0006)
    assert many["ci_upper"] == pytest.approx(0.990, abs=0.0006)
    assert few["ci_lower"] < many["ci_lower"]


def test_cs_5_a_late_rating_counts_in_the_month_of_its_contact(ask: Ask) -> None:
    march = ask("satisfaction_score", "queue cs5")
    assert (march["n"], march["value"]) == (2, 60.0)
    assert ask("satisfaction_score", "queue cs5", "day 2026-03-30")["value"] == 20.0
    # It was given on 2 April, on which no contact was rated.
    assert ask("satisfaction_score", "centre", "day 2026-04-02")["n"] == 0


def test_cs_6_exactly_half_taking_part_passes_the_gate(ask: Ask) -> None:
    assert ask("rating_participation_rate", "queue cs6")["verdict"] == "good"
    score = ask("satisfaction_score", "queue cs6")
    assert (score["value"], score["status"], score["verdict"]) == (100.0, "in_band", "good")


def test_in_1_an_approved_outage_leaves_the_adjusted_value_only(ask: Ask) -> None:
    row = ask("rating_participation_rate", "queue in")
    assert (row["raw_value"], row["value"]) == (0.44, 0.55)
    assert (row["raw_denominator"], row["denominator"], row["excluded_n"], row["n"]) == (50, 40, 10, 40)
    assert (row["status"], row["verdict"]) == ("in_band", "good")
    # Another group of KPIs is not touched.
    assert ask("contacts_handled", "queue in")["excluded_n"] == 0


@pytest.mark.parametrize("scope", ["queue out", "agent gil"])
@pytest.mark.parametrize("period", ["day 2026-03-17", "week 2026-03-16", "month 2026-03-01"])
def test_customers_hit_by_an_outage_count_by_the_contacts_left_to_them(ask: Ask, scope: str, period: str) -> None:
    row = ask("single_contact_customer_share", scope, period)
    # With all contacts Ann and Cat of four customers wrote once; without the outage's, Bob and Cat of three did.
    assert (row["raw_numerator"], row["raw_denominator"], row["raw_value"]) == (2, 4, 0.5)
    assert (row["numerator"], row["denominator"], row["value"]) == (2, 3, pytest.approx(2 / 3))
    assert (row["n"], row["excluded_n"]) == (3, 1)


def test_tr_2_a_team_counts_a_contact_once_and_the_sender_carries_the_transfer(ask: Ask) -> None:
    assert [ask("transfer_rate", f"agent tr-{agent}")["value"] for agent in "ab"] == [0.04, 0.0]
    assert [ask("contacts_handled", f"agent tr-{agent}")["value"] for agent in "ab"] == [100, 54]
    assert ask("contacts_handled", "team tr")["value"] == 150
    assert (ask("transfer_rate", "team tr")["numerator"], ask("transfer_rate", "team tr")["denominator"]) == (4, 150)


def test_at_2_an_agent_of_two_teams_counts_in_each_and_once_above(ask: Ask) -> None:
    for team in ("at1", "at2", "at"):
        assert ask("contacts_handled", f"team {team}")["value"] == 100
    assert ask("contacts_handled", "queue at")["value"] == 100


def test_frt_5_quicker_than_the_band_is_too_good_not_good(ask: Ask) -> None:
    row = ask("first_response_time", "agent quick")
    assert (row["value"], row["lower_bound"], row["upper_bound"]) == (12.0, 15, 30)
    assert (row["status"], row["verdict"]) == ("below_band", "too_good")


def test_mr_1_each_side_is_judged_by_its_share_of_all_messages(ask: Ask) -> None:
    rows = {side: ask(f"message_mix_{side}", "agent mia") for side in ("customer", "agent", "system")}
    assert {side: round(row["value"], 4) for side, row in rows.items()} == {
        "customer": 0.4348,
        "agent": 0.3913,
        "system": 0.1739,
    }
    assert [row["status"] for row in rows.values()] == ["in_band", "in_band", "above_band"]
    assert (rows["customer"]["lower_bound"], rows["customer"]["upper_bound"]) == (Decimal("0.3429"), Decimal("0.5143"))
    assert (rows["system"]["lower_bound"], rows["system"]["upper_bound"]) == (Decimal("0.1143"), Decimal("0.1714"))


def test_to_2_a_quarter_is_annualised_before_it_is_compared(ask: Ask) -> None:
    row = ask("agent_turnover_rate", "centre", "quarter 2026-01-01")
    assert (row["numerator"], row["denominator"]) == (6, 9000)
    assert row["value"] == pytest.approx(0.2433, abs=0.00005)
    assert ask("agent_turnover_plain_rate", "centre", "quarter 2026-01-01")["value"] == pytest.approx(0.06)
    # The band judges years; a quarter is shown against it.
    assert (row["status"], row["verdict"]) == ("in_band", "none")


def test_what_no_source_of_a_scope_records_says_so(ask: Ask) -> None:
    row = ask("avg_response_time", "queue avg")
    assert row["reason"] == "not_recorded"
    # A 0 would say that somebody had looked.
    assert {row[name] for name in ("numerator", "denominator", "n", "raw_numerator", "raw_denominator")} == {None}
    assert ask("avg_response_time", "queue frt")["reason"] is None


def test_a_channel_without_invitations_has_no_ratings_to_miss(ask: Ask) -> None:
    assert ask("satisfaction_score", "channel app")["reason"] == "not_applicable"


@pytest.mark.parametrize(("month", "is_provisional"), [("2026-03-01", False), ("2026-04-01", True)])
def test_a_period_is_closed_a_week_after_its_end(ask: Ask, month: str, is_provisional: bool) -> None:
    assert ask("contacts_received", "centre", f"month {month}")["is_provisional"] is is_provisional
