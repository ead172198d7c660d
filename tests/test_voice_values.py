"""Customers' voice and people as published: CL-1, ES-1, WC-1, SA-1, FA-1, LS-1, SF-1, MT-1, LD-1, LD-2, SR-1, BA-1."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.support.compiled import compiled_project
from tests.support.mart_home import build_mart, value_row
from tests.support.people_cases import add_chat, add_member, add_person, at
from tests.support.policies import EP
from tests.support.raw_rows import RawHome
from tests.support.voice import ADDED
from tests.support.warehouse import open_warehouse

pytestmark = pytest.mark.slow

MARCH = "2026-03-01"
Case = tuple[str, str, str, Any, float, float | None]
"""KPI, kind of scope, scope -> value, numerator, denominator of March."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = RawHome(tmp_path_factory.mktemp("voice"), as_of=at("2026-04-01 00:00"), achievement_meeting_cadence="weekly")
    home.source("desk", not_recorded=("messages", "system_messages"))
    for source in ("im", "hr", "pbx", "wfm"):
        home.source(source)
    home.setting("rated_channels", [{"channel": "web"}])
    home.policy = EP.replace("[normal, specialist]", "[none]")
    add_chat(home, "first", "bot1", at("2026-01-02 09:00"), 1)
    add_person(home, "pia", "2026-01-01")
    for add in ADDED:
        add(home)
    build_mart(home, "fct_self_report", "fct_leader_development", "fct_exit_reason")
    return home.folder


def assert_told(folder: Path, *cases: Case, period: str = "month", start: str = MARCH) -> None:
    """Hold that values are as reckoned by hand, to four decimals."""
    for kpi_id, scope_kind, scope_id, value, numerator, denominator in cases:
        row = value_row(folder, kpi_id, scope_kind, scope_id, period, start)
        told = None if row["value"] is None else round(float(row["value"]), 4)
        below = None if row["denominator"] is None else float(row["denominator"])
        assert (told, float(row["numerator"]), below) == (value, numerator, denominator), kpi_id


def test_cl_1_who_was_not_content_is_heard_of_once_per_contact(folder: Path) -> None:
    assert_told(
        folder,
        ("closed_loop_rate", "queue", "cl", 0.8, 4, 5),
        ("closed_loop_rate", "agent", "cleo", 0.8, 4, 5),
        ("survey_follow_up_time", "queue", "cl", 1800, 7200, 4),
        # Three of these surveys are no matter of their own, and all four were answered.
        ("survey_response_rate", "queue", "cl", 1, 4, 4),
        ("survey_response_rate", "centre", "centre", 0.8, 4, 5),
    )


def test_es_1_context_is_the_senders_and_taking_is_the_supervisors(folder: Path) -> None:
    assert_told(
        folder,
        ("escalation_context_rate", "team", "es", 0.75, 6, 8),
        ("escalation_context_rate", "agent", "sam", 0.75, 6, 8),
        ("escalation_accept_rate", "agent", "sue", 0.9, 9, 10),
        ("escalation_accept_rate", "team", "lead", 0.9, 9, 10),
        ("escalation_accept_time", "centre", "centre", 30, 270, 9),
        ("escalation_accept_rate", "agent", "sam", None, 0, 0),
    )


def test_wc_1_a_callback_on_wechat_is_in_time_within_48_hours(folder: Path) -> None:
    assert_told(
        folder,
        ("wechat_callback_in_time_rate", "channel", "wechat", 0.5, 1, 2),
        ("wechat_callback_in_time_rate", "agent", "wes", 0.5, 1, 2),
        ("web_callbacks", "channel", "web", 1, 1, None),
        ("web_callbacks", "channel", "app", 0, 0, None),
    )
    assert value_row(folder, "web_callbacks", "agent", "wes", "month", MARCH)["status"] == "above_band"


def test_sa_1_adherence_is_planned_work_in_which_somebody_was_signed_in(folder: Path) -> None:
    assert_told(
        folder,
        ("schedule_adherence", "agent", "ada", 0.9688, 27_900, 28_800),
        ("schedule_adherence", "agent", "nic", 0.875, 25_200, 28_800),
        # Of six hours of work beside two of training he was there for two.
        ("schedule_adherence", "agent", "tra", 0.3333, 7_200, 21_600),
    )
    assert_told(folder, ("schedule_adherence", "agent", "nic", 1, 7_200, 7_200), period="day", start="2026-03-03")
    assert_told(
        folder, ("schedule_adherence", "agent", "nic", 0.8333, 18_000, 21_600), period="day", start="2026-03-04"
    )


def test_changes_of_state_are_approved_or_not_where_that_is_recorded(folder: Path) -> None:
    assert_told(folder, ("state_approval_rate", "agent", "app", 0.75, 3, 4))


def test_fa_1_the_last_forecast_before_the_interval_counts(folder: Path) -> None:
    error = (round(3 / 26, 4), 3, 26)
    assert_told(
        folder,
        ("forecast_error", "queue", "fa", *error),
        ("forecast_error", "channel", "app", *error),
        ("forecast_error", "centre", "centre", *error),
    )
    assert value_row(folder, "forecast_error", "queue", "fa", "month", MARCH)["n"] == 3


def test_ls_1_listening_is_a_part_of_listening_and_talking(folder: Path) -> None:
    assert_told(folder, ("listening_share", "agent", "lis", 0.375, 300, 800))
    row = value_row(folder, "listening_share", "agent", "lis", "month", MARCH)
    assert (row["n"], row["status"]) == (2, "insufficient_sample")


def test_praise_deliveries_and_outbound_work_are_counted_beside_what_was_handled(folder: Path) -> None:
    assert_told(
        folder,
        ("praise_in_contact_per_1000", "agent", "pia", 200, 2, 10),
        ("praise_contact_per_1000", "team", "pr", 100, 1, 10),
        ("rating_delivery_rate", "queue", "pr", 0.75, 3, 4),
        ("outbound_share", "agent", "pia", 0.1, 1, 10),
    )


def test_mentions_are_those_of_the_centre(folder: Path) -> None:
    assert_told(
        folder,
        ("mentions", "centre", "centre", 10, 10, None),
        ("negative_mention_share", "centre", "centre", 0.3, 3, 10),
    )


def test_customers_who_complained_are_asked_as_others_are(folder: Path) -> None:
    assert_told(folder, ("complainer_invitation_rate", "centre", "centre", 0.6, 3, 5))


def test_sf_1_a_department_has_its_own_answers_and_those_of_its_teams(folder: Path) -> None:
    assert_told(
        folder,
        ("staff_satisfaction", "team", "sf", 86, 430, 5),
        ("staff_satisfaction", "team", "sf-dep", 78, 780, 10),
        ("staff_loyalty", "team", "sf-dep", 30, 3, 10),
        ("staff_survey_participation", "centre", "centre", 0.625, 10, 16),
    )


def test_mt_1_a_week_of_work_asks_for_a_meeting_about_achievements(folder: Path) -> None:
    assert_told(folder, ("achievement_meeting_rate", "team", "mt", 0.75, 3, 4))


def test_mt_1_without_a_cadence_no_meeting_was_due(tmp_path: Path) -> None:
    home = RawHome(tmp_path, as_of=at("2026-04-01 00:00"))
    home.source("desk")
    add_member(home, "mel", "mt", "2026-01-01")
    add_chat(home, "mt", "mel", at("2026-03-02 09:00"), 1)
    row = {"meeting_id": "mt", "kind": "achievement", "team_id": "mt", "held_at": at("2026-01-02 09:00")}
    home.add("meetings", [row])
    build_mart(home)
    told = value_row(home.folder, "achievement_meeting_rate", "team", "mt", "month", MARCH)
    assert (told["value"], told["status"], told["reason"]) == (None, "no_data", "not_set")


def test_ld_1_days_of_leaders_are_covered_by_a_plan(folder: Path) -> None:
    assert_told(folder, ("leader_plan_rate", "team", "ld", round(21 / 62, 4), 21, 62))


def test_a_month_with_a_plan_on_every_day_asks_for_a_meeting(folder: Path) -> None:
    february = ("leader_meeting_rate", "team", "ld2", 1, 1, 1)
    assert_told(folder, february, start="2026-02-01")
    assert_told(
        folder, ("leader_meeting_rate", "team", "ld2", 0, 0, 1), ("leader_meeting_rate", "team", "ld", None, 0, 0)
    )


def test_time_of_managers_and_of_training_is_that_of_time_sheets(folder: Path) -> None:
    assert_told(
        folder,
        ("firefighting_share", "team", "ld", 0.25, 600, 2400),
        # 62 minutes in 31 days of one person on the headcount.
        ("training_hours_per_head", "team", "pr", 1, 62, 31),
    )


def test_leavers_talk_with_somebody_from_outside(folder: Path) -> None:
    assert_told(folder, ("exit_interview_rate", "team", "ex", 0.75, 3, 4))


def test_reasons_for_leaving_stand_by_who_was_told_them(folder: Path) -> None:
    assert exit_reasons(folder, "ex") == [("*", 4, 3, 1, 0), ("hours", 4, 3, 1, 0), ("pay", 4, 3, 1, 0)]
    # Two reasons that are on no list are told as personal, and as one.
    assert exit_reasons(folder, "exq") == [("*", 2, 0, 1, 1), ("personal", 1, 0, 1, 0)]


def exit_reasons(folder: Path, team: str) -> list[tuple[Any, ...]]:
    with open_warehouse(folder) as connection:
        return connection.execute(
            "select exit_reason, leavers, interviewed_outside, interviewed_inside, not_interviewed"
            " from scorecard.fct_exit_reason where scope_id = ? and period_kind = 'month' order by 1",
            [team],
        ).fetchall()


def test_sr_1_a_report_is_compared_with_what_was_known_by_then(folder: Path) -> None:
    columns = "reported_kpi, round(warehouse_value, 4), round(final_value, 4), round(difference, 4), self_report_state"
    with open_warehouse(folder) as connection:
        told = connection.execute(
            f"select {columns} from scorecard.fct_self_report where agent_id = 'sri' and reported_kpi is not null"  # noqa: S608 - own names
            " order by reported_at, reported_kpi"
        ).fetchall()
    assert told == [
        ("good_rating_rate", 0.95, 0.9048, 0.0, "equal"),
        ("good_rating_rate", 0.95, 0.9048, 0.02, "different"),
        ("contacts_handled", 21, 21, 0, "equal"),
        ("rating_participation_rate", 0.9524, 1, 0.0476, "equal"),
        ("satisfaction_score", 97, 94.2857, 0, "equal"),
    ]
    assert_told(folder, ("self_report_agreement_rate", "agent", "sri", 0.8, 4, 5))


def test_who_reports_nothing_and_whoever_has_no_cases_is_told(folder: Path) -> None:
    with open_warehouse(folder) as connection:
        told = connection.execute(
            "select half, self_report_state from scorecard.fct_self_report where agent_id = 'sal' order by reported_at"
        ).fetchall()
    assert told == [("noon", "no_cases"), ("end", "missing")]


def test_ld_2_a_leaders_month_says_what_of_his_plan_was_due_and_held(folder: Path) -> None:
    columns = (
        "month_start::varchar, is_new, meetings_due, meetings_held, plan_meetings_due, plan_meetings_held, days_late,"
    )
    columns += " one_to_one_talks, tests_taken, tests_passed, team_state"
    with open_warehouse(folder) as connection:
        told = connection.execute(
            f"select {columns} from scorecard.fct_leader_development where leader_id = 'new' order by 1"  # noqa: S608 - own names
        ).fetchall()
    # Two talks in March, one of them one to one; of two tests one is passed in every item.
    # Of his team nothing could be measured.
    assert told[:2] == [
        ("2026-02-01", True, 1, 1, 1, 1, 0, 0, 0, 0, "not_assessed"),
        ("2026-03-01", True, 1, 0, 2, 1, 0, 1, 2, 1, "not_assessed"),
    ]


@pytest.mark.parametrize(("score", "direction", "is_vicious"), [(95.1, "worse", True), (96.4, "same", False)])
def test_ba_1_more_contacts_less_content_customers_and_leavers_ask_a_question(
    score: float, direction: str, is_vicious: bool
) -> None:
    """From 20.0 to 22.0 contacts an hour, from 96.5 points down with intervals of 0.5, turnover from 22 to 29 %."""
    [model] = [one for one in compiled_project().models if one["name"] == "fct_balance"]
    scales = {"contacts_per_agent_hour": 3600, "satisfaction_score": 20, "agent_turnover_rate": 365}
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as scorehouse; create schema scorehouse.scorecard")
        connection.execute("create table scorehouse.scorecard.dim_kpi (kpi_id varchar, scale double)")
        connection.executemany("insert into scorehouse.scorecard.dim_kpi values (?, ?)", list(scales.items()))
        connection.execute(
            "create table scorehouse.scorecard.fct_kpi_value (kpi_id varchar, scope_kind varchar, scope_id varchar,"
            " period_kind varchar, period_start date, period_end date, value double, numerator double,"
            " denominator double, n bigint, ci_lower double, ci_upper double, is_provisional boolean)"
        )
        for number in range(15):
            is_late = number >= 12
            rows = [
                ("contacts_per_agent_hour", (22 if is_late else 20) * 100, 360_000, None),
                ("satisfaction_score", (score if is_late else 96.5) * 15, 300, 0.5),
                # 22 leavers in a year of 365 days and 100 people; seven more come in the last three of 12 months.
                ("agent_turnover_rate", 22 / 12 + (7 / 3 if is_late else 0), 36_500 / 12, None),
            ]
            for kpi_id, numerator, denominator, width in rows:
                value = scales[kpi_id] * numerator / denominator
                ci = (None, None) if width is None else (value - width, value + width)
                start = date(2025 + number // 12, number % 12 + 1, 1)
                row = [kpi_id, "team", "t", "month", start, start, value, numerator, denominator, 300, *ci, False]
                marks = ", ".join("?" * len(row))
                connection.execute(f"insert into scorehouse.scorecard.fct_kpi_value values ({marks})", row)  # noqa: S608
        told = connection.execute(
            "select kpi_id, round(past_value, 2), round(recent_value, 2), direction, is_vicious_circle from ("  # noqa: S608 - own SQL
            f"{model['compiled_code']}) where period_start = '2026-03-01' order by position"
        ).fetchall()
    assert told == [
        ("contacts_per_agent_hour", 20, 22, "better", is_vicious),
        ("satisfaction_score", 96.5, score, direction, is_vicious),
        ("agent_turnover_rate", 0.22, 0.29, "worse", is_vicious),
    ]
