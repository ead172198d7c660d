"""KPIs of complaints and quality as published: CO-1 to CO-7, AP-1, QE-1 to QE-4, AV-1, EV-1 and NR-1."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.causes import err
from tests.support.governance import appeal, complain, review
from tests.support.mart_home import build_mart, value_row
from tests.support.people_cases import add_chat, add_member, add_person, at
from tests.support.raw_rows import RawHome
from tests.support.warehouse import open_warehouse

pytestmark = pytest.mark.slow

MINUTE = timedelta(minutes=1)


def handle(home: RawHome, queue: str, agent: str, start: str, count: int) -> None:
    """Contacts of one agent and queue, a minute apart."""
    for number in range(count):
        add_chat(home, f"{queue}-{agent}-{start[:10]}-{number}", agent, at(start) + number * MINUTE, 1, queue=queue)


def add_decisions(home: RawHome) -> None:
    """CO-1: 12 received, 8 decided, 3 upheld; CO-6: 2 received, none decided."""
    handle(home, "co1", "ann", "2026-01-05 09:00", 1)
    for number in range(12):
        outcome = {} if number >= 8 else {"outcome": "upheld" if number < 3 else "not_upheld"}
        complain(home, f"co1-{number}", "2026-01-06 09:00", queue_id="co1", **outcome)
    handle(home, "co6", "ann", "2026-01-05 08:00", 1)
    for number in range(2):
        complain(home, f"co6-{number}", "2026-01-06 09:00", queue_id="co6")


def add_late_decision(home: RawHome) -> None:
    """CO-2: 10 received in January, 7 decided, 2 upheld; another one received on the 30th is decided on 9 February."""
    handle(home, "co2", "ann", "2026-01-07 09:00", 1)
    for number in range(9):
        outcome = {} if number >= 7 else {"outcome": "upheld" if number < 2 else "not_upheld"}
        complain(home, f"co2-{number}", "2026-01-08 09:00", queue_id="co2", **outcome)
    decided = {"outcome": "upheld", "decided_at": at("2026-02-09 09:00"), "responsible_agent_id": "ann"}
    complain(home, "co2-late", "2026-01-30 09:00", queue_id="co2", **decided)


def add_rates(home: RawHome) -> None:
    """CO-4: 5 received of 4,000 handled; CO-5: 3 of customers and 2 of colleagues, 1,500 handled by the team."""
    handle(home, "co4", "bot1", "2026-01-12 00:00", 1400)
    handle(home, "co4", "bot2", "2026-01-13 00:00", 1400)
    handle(home, "co4", "bot3", "2026-01-14 00:00", 1200)
    outcomes = ["upheld", "upheld", "not_upheld", "withdrawn", None]
    for number, outcome in enumerate(outcomes):
        told = {"outcome": outcome} if outcome else {}
        complain(home, f"co4-{number}", "2026-01-15 09:00", queue_id="co4", **told)
    add_member(home, "eve", "co5", "2026-01-01")
    handle(home, "co5", "eve", "2026-01-19 00:00", 1400)
    handle(home, "co5", "eve", "2026-01-20 00:00", 100)
    for number in range(5):
        origin = "customer" if number < 3 else "internal"
        complain(home, f"co5-{number}", "2026-01-21 09:00", agent_id="eve", origin=origin)


def add_people(home: RawHome) -> None:
    """CO-3 the mover, CO-6 the agent on leave, CO-7 the complaint that names nobody."""
    add_member(home, "mia", "north", "2026-01-01", "2026-02-01")
    add_member(home, "mia", "south", "2026-02-01")
    add_chat(home, "co3", "mia", at("2026-01-28 10:00"), queue="co3")
    handle(home, "co3", "mia", "2026-02-04 09:00", 3)
    complain(home, "co3", "2026-02-03 09:00", contact_id="co3", outcome="upheld", responsible_agent_id="mia")
    add_person(home, "leo", "2026-01-01")
    add_member(home, "leo", "leave", "2026-01-01")
    complain(home, "co6-leo", "2026-02-03 09:00", agent_id="leo")
    handle(home, "co7", "kim", "2026-03-02 09:00", 40)
    complain(home, "co7", "2026-03-03 09:00", agent_id="kim", queue_id="co7", outcome="upheld")
    complain(home, "co7-pending", "2026-03-03 09:00", agent_id="kim", queue_id="co7")


def add_quality(home: RawHome) -> None:
    """QE-1 and QE-3 with agent qe1, QE-2 with qe2, QE-4 with qe4; AV-1 at a tenth of its size in queue av1."""
    for agent, count in (("qe1", 50), ("qe2", 100), ("qe4", 40)):
        handle(home, "qe", agent, "2026-03-15 09:00", 1)
        add_member(home, agent, f"t-{agent}", "2026-01-01")
        for number in range(count):
            review(home, f"{agent}-{number}", agent, acknowledged_at=at("2026-03-16 09:00") if number % 4 else None)
    error = {"class": "severe", "error_code": "AT-03"}
    home.add("quality_errors", [{"review_id": "qe1-0", "occurrence": n} | error for n in (1, 2)])
    home.add("quality_errors", [{"review_id": "qe1-0", "error_code": "DU-02", "class": "general"}])
    # QE-3: the same error in a test call, whose number happens to be a review's too.
    home.add("quality_errors", [{"review_id": f"qe1-{n}", "check_kind": "test_call"} | error for n in range(2)])
    home.add("quality_errors", [{"review_id": f"qe2-{n}", "good_faith": n == 0} | error for n in range(3)])
    for number in range(40):
        score = "4" if number < 4 else "5"
        items = [("G01", score, True), ("G02", "5", True), ("G03", "0", False), ("G04", "5", True)]
        rows = [{"item": item, "score": got, "is_applicable": applies} for item, got, applies in items]
        home.add("quality_review_items", [{"review_id": f"qe4-{number}", "max_score": "5"} | row for row in rows])
    handle(home, "av1", "ann", "2026-03-10 09:00", 100)
    for number in range(60):
        tag = {"tag": "avoidable", "detail": "logistics" if number < 5 else "billing"} if number < 9 else None
        row = {"contact_id": f"av1-ann-2026-03-10-{number}", "tagged_at": at("2026-03-10 18:00")}
        home.add("contact_tags", [row | (tag or {"tag": "not_avoidable"})])
    for number in range(12):
        complain(
            home, f"ap-{number}", "2026-03-20 09:00", queue_id="qe", outcome="upheld" if number < 3 else "not_upheld"
        )
        appeal(home, f"ap-{number}", "complaint", f"ap-{number}", "overturned" if number < 1 else None)


def add_returns(home: RawHome) -> None:
    """Hal is called five times within 72 hours of another contact, and looks three up; tags begin on 10 March."""
    gaps = {"a": timedelta(hours=1), "b": timedelta(hours=72), "c": timedelta(hours=5), "d": timedelta(days=1)}
    gaps |= {"e": timedelta(days=2), "late": timedelta(hours=72, minutes=1), "early": timedelta(hours=2)}
    for name, gap in gaps.items():
        first = at("2026-03-03 09:00" if name == "early" else "2026-03-12 09:00")
        add_chat(home, f"hc-{name}-1", "ann", first, 1, customer=name, queue="before-hc")
        add_chat(home, f"hc-{name}-2", "hal", first + gap, 1, customer=name, queue="hc")
    add_chat(home, "hc-nobody", "hal", at("2026-03-12 09:00"), 1, queue="hc")
    looked_up = [("a", "-"), ("a", "notes"), ("b", "-"), ("c", "-"), ("late", "-"), ("early", "-")]
    rows = [{"contact_id": f"hc-{name}-2", "detail": detail} for name, detail in looked_up]
    home.add("contact_tags", [row | {"tag": "history_checked", "tagged_at": at("2026-03-16 09:00")} for row in rows])


def add_transfers(home: RawHome) -> None:
    """Sam sends five contacts on and says of four why; Tom gives one of them back, and nobody is asked why."""
    add_member(home, "sam", "tc", "2026-01-01")
    add_member(home, "tom", "tc", "2026-01-01")
    for number in range(5):
        agents = ["sam", "tom", "sam"] if number == 0 else ["sam", "tom"]
        add_chat(home, f"tc-{number}", agents, at("2026-03-17 09:00") + number * 10 * MINUTE, 6, queue="tc")
    add_chat(home, "tc-kept", "sam", at("2026-03-17 12:00"), 6, queue="tc")
    causes = [(0, "no_authority"), (0, "other"), (1, "other"), (2, "-"), (3, "other"), ("kept", "other")]
    rows = [{"contact_id": f"tc-{number}", "tag": "transfer_cause", "detail": detail} for number, detail in causes]
    home.add("contact_tags", [row | {"tagged_at": at("2026-03-17 18:00")} for row in rows])


def add_effort(home: RawHome) -> None:
    """EV-1: in February eight of ten errors are KN-02; in March ten hours go into it and 150 minutes elsewhere."""
    err(home, "err", "2026-02-10", KN_02=8, AT_03=2)
    add_member(home, "ed", "ev", "2026-01-01")
    spent = [("2026-03-04", 60, "error_code", "KN-02")] * 10 + [("2026-03-05", 30, "error_code", "AT-03")] * 4
    spent += [("2026-03-05", 30, "knowledge_point", "KN-02"), ("2026-03-06", 480, None, None)]
    # Complaints of January were all about wrong answers; the month's own errors make nothing vital.
    spent += [("2026-02-05", 90, "complaint_leaf", "knowledge.wrong"), ("2026-02-05", 30, "error_code", "KN-02")]
    for number, (day, minutes, kind, code) in enumerate(spent):
        row = {"record_id": f"ev-{number}", "agent_id": "ed", "worked_on": day, "category": "error_work"}
        home.add("time_records", [row | {"minutes": minutes, "cause_kind": kind, "cause_code": code}])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = RawHome(tmp_path_factory.mktemp("governance-values"), as_of=at("2026-04-01 00:00"))
    home.source("desk")
    # Complaints are recorded from the first day of the year on, so that months are whole.
    complain(home, "first", "2026-01-01 09:00", queue_id="none")
    for add in (
        add_decisions,
        add_late_decision,
        add_rates,
        add_people,
        add_quality,
        add_returns,
        add_transfers,
        add_effort,
    ):
        add(home)
    build_mart(home, "fct_effort_record")
    return home.folder


Case = tuple[str, str, str, str, Any, float, float | None, str]
"""KPI, kind of scope, scope, first day of the month -> value, numerator, denominator, status."""


def assert_months(folder: Path, *cases: Case) -> None:
    """Hold that values of months are as reckoned by hand, to four decimals."""
    for kpi_id, scope_kind, scope_id, start, value, numerator, denominator, status in cases:
        row = value_row(folder, kpi_id, scope_kind, scope_id, "month", start)
        told = None if row["value"] is None else round(float(row["value"]), 4)
        below = None if row["denominator"] is None else float(row["denominator"])
        assert (told, float(row["numerator"]), below, row["status"]) == (value, numerator, denominator, status), kpi_id


def test_co_1_what_is_pending_is_in_no_part_of_the_rate_and_stands_beside(folder: Path) -> None:
    assert_months(
        folder,
        ("complaint_upheld_rate", "queue", "co1", "2026-01-01", 0.375, 3, 8, "insufficient_sample"),
        ("complaints_pending", "queue", "co1", "2026-01-01", 4, 4, None, "in_band"),
    )


def test_co_2_a_late_decision_counts_in_the_month_of_the_receipt(folder: Path) -> None:
    assert_months(
        folder,
        ("complaint_upheld_rate", "queue", "co2", "2026-01-01", 0.375, 3, 8, "insufficient_sample"),
        ("complaints_pending", "queue", "co2", "2026-01-01", 2, 2, None, "in_band"),
    )


def test_co_3_a_mover_takes_the_complaint_and_his_old_team_keeps_it(folder: Path) -> None:
    assert_months(
        folder,
        ("upheld_complaints_per_1000", "agent", "mia", "2026-01-01", 0, 0, 1, "insufficient_sample"),
        ("complaint_rate", "agent", "mia", "2026-02-01", 333.3333, 1, 3, "insufficient_sample"),
        ("complaint_rate", "team", "north", "2026-02-01", None, 1, 0, "no_data"),
        ("complaint_rate", "team", "south", "2026-02-01", 0, 0, 3, "insufficient_sample"),
    )


def test_co_4_withdrawn_and_pending_are_received_and_not_decided(folder: Path) -> None:
    assert_months(
        folder,
        ("complaint_rate", "queue", "co4", "2026-01-01", 1.25, 5, 4000, "in_band"),
        ("complaint_upheld_rate", "queue", "co4", "2026-01-01", 0.6667, 2, 3, "insufficient_sample"),
        ("complaints_pending", "queue", "co4", "2026-01-01", 1, 1, None, "in_band"),
    )


def test_co_5_colleagues_are_counted_apart(folder: Path) -> None:
    assert_months(
        folder,
        ("complaint_rate", "team", "co5", "2026-01-01", 2, 3, 1500, "in_band"),
        ("internal_complaints", "team", "co5", "2026-01-01", 2, 2, None, "in_band"),
    )


def test_co_6_what_nobody_decided_or_handled_has_no_rate_and_says_why(folder: Path) -> None:
    undecided = ("complaint_upheld_rate", "queue", "co6", "2026-01-01")
    on_leave = ("complaint_rate", "team", "leave", "2026-02-01")
    assert_months(folder, (*undecided, None, 0, 0, "no_data"), (*on_leave, None, 1, 0, "no_data"))
    for kpi_id, scope_kind, scope_id, start in (undecided, on_leave):
        assert value_row(folder, kpi_id, scope_kind, scope_id, "month", start)["reason"] == "no_cases"


def test_co_7_upheld_against_nobody_is_no_agents_and_pending_is_received(folder: Path) -> None:
    assert_months(
        folder,
        ("upheld_complaints_per_1000", "queue", "co7", "2026-03-01", 25, 1, 40, "in_band"),
        ("upheld_complaints_per_1000", "agent", "kim", "2026-03-01", 0, 0, 40, "in_band"),
        ("complaint_rate", "agent", "kim", "2026-03-01", 25, 1, 40, "in_band"),
    )


def test_ap_1_an_overturned_complaint_is_decided_and_not_upheld(folder: Path) -> None:
    assert_months(
        folder,
        ("complaint_upheld_rate", "queue", "qe", "2026-03-01", 0.1667, 2, 12, "in_band"),
        ("appeal_granted_rate", "centre", "centre", "2026-03-01", 0.0833, 1, 12, "in_band"),
    )


def test_qe_1_the_second_of_two_equal_errors_is_no_duplicate(folder: Path) -> None:
    assert_months(
        folder,
        ("severe_error_rate", "agent", "qe1", "2026-03-01", 0.02, 1, 50, "in_band"),
        ("severe_errors_per_100_reviews", "agent", "qe1", "2026-03-01", 4, 2, 50, "in_band"),
        ("general_error_rate", "agent", "qe1", "2026-03-01", 0.02, 1, 50, "in_band"),
    )


def test_qe_2_errors_in_good_faith_count_in_the_rate(folder: Path) -> None:
    assert_months(
        folder,
        ("severe_error_rate", "agent", "qe2", "2026-03-01", 0.03, 3, 100, "in_band"),
        ("good_faith_error_share", "team", "t-qe2", "2026-03-01", 0.3333, 1, 3, "insufficient_sample"),
        ("review_seen_rate", "agent", "qe2", "2026-03-01", 0.75, 75, 100, "in_band"),
        ("random_review_share", "team", "t-qe2", "2026-03-01", 1, 100, 100, "in_band"),
    )


def test_qe_3_an_error_found_in_a_test_call_is_no_error_of_a_review(folder: Path) -> None:
    assert_months(
        folder,
        ("severe_error_rate", "team", "t-qe1", "2026-03-01", 0.02, 1, 50, "in_band"),
        ("severe_errors_per_100_reviews", "team", "t-qe1", "2026-03-01", 4, 2, 50, "in_band"),
    )


def test_qe_4_a_part_that_did_not_apply_is_not_missed(folder: Path) -> None:
    assert_months(
        folder,
        ("greeting_complete_rate", "agent", "qe4", "2026-03-01", 0.9, 36, 40, "in_band"),
        ("severe_errors_per_1000_items", "agent", "qe4", "2026-03-01", 0, 0, 120, "in_band"),
    )


def test_av_1_avoidable_contacts_are_a_share_of_all_that_were_handled(folder: Path) -> None:
    assert_months(
        folder,
        ("avoidable_contact_rate", "queue", "av1", "2026-03-01", 0.09, 9, 100, "in_band"),
        ("avoidable_judged_share", "queue", "av1", "2026-03-01", 0.6, 60, 100, "in_band"),
    )


def test_looking_up_is_asked_of_contacts_that_come_within_72_hours(folder: Path) -> None:
    asked = ("history_checked_rate", "queue", "hc", "2026-03-01", 0.6, 3, 5, "insufficient_sample")
    assert_months(folder, asked, (asked[0], "agent", "hal", *asked[3:]))


def test_a_cause_is_asked_of_whoever_sent_a_contact_on_first(folder: Path) -> None:
    told = ("transfer_cause_told_rate", "team", "tc", "2026-03-01", 0.8, 4, 5, "insufficient_sample")
    nothing = (told[0], "agent", "tom", "2026-03-01", None, 0, 0, "no_data")
    assert_months(folder, told, (told[0], "agent", "sam", *told[3:]), nothing)


def test_ev_1_the_records_behind_say_which_of_them_went_into_the_vital_few(folder: Path) -> None:
    with open_warehouse(folder) as connection:
        found = connection.execute(
            "select month(worked_on), cause_code, cause_kind, is_vital_few, sum(minutes)"
            " from scorecard.fct_effort_record group by all order by all"
        ).fetchall()
    assert found == [
        (2, "KN-02", "error_code", False, 30),
        (2, "knowledge.wrong", "complaint_leaf", True, 90),
        (3, "AT-03", "error_code", False, 120),
        (3, "KN-02", "error_code", True, 600),
        (3, "KN-02", "knowledge_point", False, 30),
    ]


def test_ev_1_effort_goes_to_the_vital_few_of_the_month_before(folder: Path) -> None:
    kpi = "effort_on_vital_few_share"
    assert_months(
        folder,
        (kpi, "team", "ev", "2026-03-01", 0.8, 600, 750, "in_band"),
        (kpi, "team", "ev", "2026-02-01", 0.75, 90, 120, "insufficient_sample"),
        (kpi, "centre", "centre", "2026-03-01", 0.8, 600, 750, "in_band"),
    )


def test_nr_1_contacts_count_from_the_day_on_from_which_complaints_are_recorded(tmp_path: Path) -> None:
    """NR-1 at a hundredth of its size: 6 complaints, 90 handled in March, 60 of them from the 11th on."""
    home = RawHome(tmp_path, as_of=at("2026-04-01 00:00"))
    home.source("desk")
    handle(home, "nr", "ann", "2026-02-10 09:00", 30)
    handle(home, "nr", "ann", "2026-03-10 09:00", 30)
    handle(home, "nr", "ann", "2026-03-11 09:00", 60)
    for number in range(6):
        complain(home, f"nr-{number}", "2026-03-11 09:00" if number == 0 else "2026-03-20 09:00", queue_id="nr")
    build_mart(home)
    march = value_row(home.folder, "complaint_rate", "queue", "nr", "month", "2026-03-01")
    assert (float(march["value"]), float(march["denominator"])) == (100, 60)
    february = value_row(home.folder, "complaint_rate", "queue", "nr", "month", "2026-02-01")
    assert (february["value"], february["status"], february["reason"]) == (None, "no_data", "not_recorded")
