"""The few causes that most records come from: PA-1 to PA-4, and what is counted under a cause."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.causes import err, plan
from tests.support.governance import appeal, complain, review
from tests.support.people_cases import add_chat, add_member, add_person, at
from tests.support.raw_rows import RawHome
from tests.support.warehouse import open_warehouse

pytestmark = pytest.mark.slow

DAY = "2026-03-10"
CASES: dict[str, dict[str, int]] = {
    "pa-1": {"a": 40, "b": 25, "c": 15, "d": 8, "e": 5, "f": 4, "g": 3},
    "pa-2": {"a": 50, "b": 15, "c": 15, "d": 15, "e": 5},
    "pa-3": {"a": 30, "b": 15, "c": 10, "other": 45},
    "pa-4-exactly": {"a": 40, "b": 24, "c": 10, "d": 6},
    "pa-4-one-less": {"a": 40, "b": 23, "c": 11, "d": 6},
}
"""Records by cause of each team, whose one member made them."""


def add_complaints(home: RawHome) -> None:
    """Four complaints of one day: two upheld (one in each of two leaves of a cause), one overturned, one pending."""
    for name, leaf in (("c-1", "knowledge.wrong"), ("c-2", "knowledge.incomplete"), ("c-3", "attitude.cold")):
        complain(home, name, "2026-03-11 09:00", outcome="upheld", leaf=leaf, responsible_agent_id="ann")
    appeal(home, "c-3", "complaint", "c-3", "overturned")
    complain(home, "c-4", "2026-03-11 09:00", agent_id="ben")


def add_tags(home: RawHome) -> None:
    """A contact that one sent on with a cause, one that was avoidable, and one that an incident hit."""
    for contact in ("sent", "hit"):
        add_chat(home, contact, ["ann", "ben"], at(f"2026-03-12 {10 if contact == 'sent' else 15}:00"))
        row = {"contact_id": contact, "tag": "transfer_cause", "detail": "no_authority"}
        home.add("contact_tags", [row | {"tagged_at": at("2026-03-12 18:00")}])
    add_chat(home, "avoidable", "ann", at("2026-03-12 11:00"))
    home.add("contact_tags", [{"contact_id": "avoidable", "tag": "avoidable", "tagged_at": at("2026-03-12 18:00")}])
    approved = {"approved_by": "boss", "approved_at": at("2026-03-13 09:00"), "kpi_groups": "resolution"}
    span = {"started_at": at("2026-03-12 15:00"), "ended_at": at("2026-03-12 16:00"), "system": "telephony"}
    home.add("platform_incidents", [{"incident_id": "down"} | span | approved])


def add_undelivered(home: RawHome) -> None:
    """Of four invitations of Ann's two did not arrive: one since the customer left, of one nobody says why."""
    for name in ("left", "why", "again", "came"):
        add_chat(home, f"nd-{name}", "ann", at("2026-03-13 10:00"))
    told = [("left", "customer_left", False), ("why", None, False), ("again", "agent_hung_up", False)]
    told += [("again", None, True), ("came", "agent_hung_up", True)]
    for number, (name, reason, is_delivered) in enumerate(told):
        sent = at(f"2026-03-13 11:0{number}")
        row = {"rating_id": f"nd-{number}", "contact_id": f"nd-{name}", "invited_at": sent}
        row |= {"delivered_at": sent if is_delivered else None, "not_delivered_reason": reason}
        home.add("ratings", [row])


def add_costly(home: RawHome) -> None:
    """CB-1: 5,567 errors about one knowledge point in a team of five; one error in a team of four."""
    for number in range(5):
        add_member(home, f"cb-{number}", "cb", "2026-01-01")
    for number in range(4):
        add_member(home, f"few-{number}", "few", "2026-01-01")
    review(home, "cb", "cb-0", reviewed_at=at(f"{DAY} 12:00"))
    error = {"review_id": "cb", "error_code": "KN-02", "class": "general", "knowledge_point": "KP"}
    home.add("quality_errors", [error | {"occurrence": number} for number in range(5567)])
    err(home, "few-0", DAY, a=1)
    cost = {"family": "knowledge_point", "currency": "CNY", "cost_per_event": "220.7831865"}
    home.setting("impact_costs", [cost])
    car = {"position": 1, "name_en": "cars", "name_zh": "辆车", "unit_cost": 300000}
    home.setting("impact_equivalents", [car])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = RawHome(tmp_path_factory.mktemp("cause-pareto"), as_of=at("2026-04-01 00:00"))
    home.source("desk")
    add_chat(home, "first", "ann", at("2026-01-05 09:00"))
    for team, counts in CASES.items():
        add_member(home, f"agent-{team}", team, "2026-01-01")
        err(home, f"agent-{team}", DAY, **counts)
    # In the quarter, and in neither March nor the last 28 days.
    err(home, "agent-pa-1", "2026-02-27", z=5)
    add_member(home, "ann", "north", "2026-01-01", "2026-03-12")
    add_member(home, "ann", "south", "2026-03-12")
    add_person(home, "lou", "2025-01-01", "2026-03-20", leave_reason="pay")
    add_member(home, "lou", "north", "2025-01-01")
    add_complaints(home)
    add_tags(home)
    plan(home, "here", "error_code", "b", scope_kind="team", scope_id="pa-1")
    plan(home, "done", "error_code", "b", scope_kind="team", scope_id="pa-1", state="done", closed_on="2026-02-20")
    plan(home, "elsewhere", "error_code", "b", scope_kind="team", scope_id="pa-2")
    add_undelivered(home)
    add_costly(home)
    home.build("fct_cause_pareto", "fct_cumulative_impact")
    return home.folder


def told(folder: Path, columns: str, where: str, *, period: str = "month", start: str = "2026-03-01") -> list[Any]:
    """The columns of the rows of one family, scope and period, in their order."""
    with open_warehouse(folder) as connection:
        return connection.execute(
            f"select {columns} from scorecard.fct_cause_pareto where {where} and period_kind = ? "  # noqa: S608
            "and period_start = cast(? as date) order by family, scope_kind, scope_id, position",
            [period, start],
        ).fetchall()


def vital(folder: Path, team: str) -> list[Any]:
    return told(folder, "cause, is_vital_few, is_tied", f"family = 'severe_error' and scope_id = '{team}'")


def test_pa_1_the_leading_causes_that_reach_four_fifths_are_the_vital_few(folder: Path) -> None:
    columns = "cause, events, total, share, cumulative_share, position, is_vital_few, people, is_enough, plan_ids"
    rows = told(folder, columns, "scope_id = 'pa-1' and family = 'severe_error'")
    assert rows == [
        ("a", 40, 100, 0.4, 0.4, 1, True, 1, True, []),
        ("b", 25, 100, 0.25, 0.65, 2, True, 1, True, ["desk/here"]),
        ("c", 15, 100, 0.15, 0.8, 3, True, 1, True, []),
        ("d", 8, 100, 0.08, 0.88, 4, False, 1, True, []),
        ("e", 5, 100, 0.05, 0.93, 5, False, 1, True, []),
        ("f", 4, 100, 0.04, 0.97, 6, False, 1, True, []),
        ("g", 3, 100, 0.03, 1.0, 7, False, 1, True, []),
    ]


def test_pa_2_causes_as_large_as_the_last_of_the_few_are_among_them(folder: Path) -> None:
    assert vital(folder, "pa-2") == [
        ("a", True, False),
        ("b", True, True),
        ("c", True, True),
        ("d", True, True),
        ("e", False, False),
    ]


def test_pa_3_what_is_called_other_comes_last_and_is_never_vital(folder: Path) -> None:
    columns = "cause, cumulative_share, is_other, is_vital_few, is_other_too_large"
    assert told(folder, columns, "scope_id = 'pa-3' and family = 'severe_error'") == [
        ("a", 0.3, False, True, True),
        ("b", 0.45, False, True, True),
        ("c", 0.55, False, True, True),
        ("other", 1.0, True, False, True),
    ]


def test_pa_4_exactly_four_fifths_are_enough_and_one_record_less_is_not(folder: Path) -> None:
    assert [row[0] for row in vital(folder, "pa-4-exactly") if row[1]] == ["a", "b"]
    assert [row[0] for row in vital(folder, "pa-4-one-less") if row[1]] == ["a", "b", "c"]
    # A team of whom nothing is told has no rows.
    assert told(folder, "cause", "scope_id = 'south' and family = 'severe_error'") == []


@pytest.mark.parametrize("period", [("month", "2026-03-01"), ("year", "2026-01-01"), ("all", "2026-01-05")])
def test_cb_1_errors_are_told_in_money_and_what_it_would_buy(folder: Path, period: tuple[str, str]) -> None:
    with open_warehouse(folder) as connection:
        rows = connection.execute(
            "select cause, events, people, round(money, 2)::double, currency, round(equivalents[1].amount, 3),"
            " equivalents[1].name_zh from scorecard.fct_cumulative_impact where family = 'knowledge_point'"
            " and scope_id = 'cb' and period_kind = ? and period_start = cast(? as date) order by cause",
            period,
        ).fetchall()
    assert rows == [(cause, 5567, 1, 1229100, "CNY", 4.097, "辆车") for cause in ("*", "KP")]


def test_cb_1_without_a_cost_there_is_no_money_and_of_four_people_nothing(folder: Path) -> None:
    with open_warehouse(folder) as connection:
        costless = connection.execute(
            "select events, money, currency, equivalents from scorecard.fct_cumulative_impact"
            " where family = 'general_error' and scope_id = 'cb' and period_kind = 'month' and cause = 'KN-02'"
        ).fetchall()
        teams = connection.execute(
            "select distinct scope_id from scorecard.fct_cumulative_impact where scope_kind = 'team'"
        ).fetchall()
    assert costless == [(5567, None, None, [])]
    assert teams == [("cb",)]


def test_a_quarter_has_what_its_months_have_and_four_weeks_only_the_latest(folder: Path) -> None:
    of_team = "scope_id = 'pa-1' and family = 'severe_error'"
    assert ("z", 5) in told(folder, "cause, events", of_team, period="quarter", start="2026-01-01")
    assert "z" not in {row[0] for row in told(folder, "cause", of_team, period="trailing_28", start="2026-03-05")}


def test_complaints_are_told_by_leaf_and_by_cause_and_upheld_ones_apart(folder: Path) -> None:
    rows = told(folder, "family, cause, events, people", "scope_kind = 'centre' and family like 'complaint%'")
    assert rows == [
        ("complaint", "knowledge.incomplete", 1, 1),
        ("complaint", "knowledge.wrong", 1, 1),
        ("complaint_cause", "knowledge", 2, 1),
        ("complaint_received", "attitude.cold", 1, 1),
        ("complaint_received", "knowledge.incomplete", 1, 1),
        ("complaint_received", "knowledge.wrong", 1, 1),
        ("complaint_received", "other", 1, 1),
    ]


def test_a_transfer_stands_under_its_sender_and_not_at_all_where_an_incident_hit_it(folder: Path) -> None:
    rows = told(folder, "scope_kind, scope_id, cause, events", "family = 'transfer_cause'")
    assert rows == [
        ("centre", "centre", "no_authority", 1),
        ("channel", "web", "no_authority", 1),
        ("team", "south", "no_authority", 1),
    ]


def test_an_avoidable_contact_without_a_department_and_a_reason_of_leaving_are_causes(folder: Path) -> None:
    families = "scope_kind = 'centre' and family in ('avoidable', 'leave_reason')"
    assert told(folder, "family, cause, events", families) == [("avoidable", "other", 1), ("leave_reason", "pay", 1)]


def test_invitations_that_did_not_arrive_stand_under_why(folder: Path) -> None:
    # What was sent again and arrived did, whatever was said of the first time.
    causes = "cause, events, is_other"
    undelivered = [("customer_left", 1, False), ("other", 1, True)]
    assert told(folder, causes, "family = 'not_delivered' and scope_kind = 'centre'") == undelivered
    assert told(folder, causes, "family = 'not_delivered' and scope_id = 'south'") == undelivered
