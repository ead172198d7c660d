"""Where training pays: TN-1, in which what is surely lost leads the list; and which norm is lived."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.people_cases import add_chat, add_member, at
from tests.support.raw_rows import RawHome
from tests.support.warehouse import open_warehouse

pytestmark = pytest.mark.slow

DAY = at("2026-03-10 00:00")
# Knowledge point -> uses, checked, wrong; the contacts of KP3 are among those of KP1.
CASES = {"KP1": (1000, 50, 5), "KP2": (200, 40, 16), "KP4": (600, 60, 9)}


def tag(home: RawHome, contact: str, point: str) -> None:
    row = {"contact_id": contact, "tag": "knowledge_point", "detail": point}
    home.add("contact_tags", [row | {"tagged_at": at("2026-03-10 23:59")}])


def add_items(home: RawHome) -> None:
    """Scores of five of the reviews of March, and of one of February."""
    row = {"review_id": "early", "agent_id": "ann", "reviewer_id": "rex", "score": "90"}
    home.add("quality_reviews", [row | {"reviewed_at": at("2026-02-11 12:00")}])
    add_chat(home, "early", "ann", at("2026-02-11 09:00"))
    scores = [("early", "N01", "40", True)]
    scores += [(f"KP1-{n}", "N01", score, True) for n, score in enumerate(("100", "100", "50", "50"))]
    scores += [("KP1-0", "G01", "100", True), ("KP1-1", "G01", "0", False)]
    rows = [
        {"review_id": name, "item": item, "score": got, "is_applicable": applies} for name, item, got, applies in scores
    ]
    home.add("quality_review_items", rows)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = RawHome(tmp_path_factory.mktemp("training-need"), as_of=at("2026-04-01 00:00"))
    home.source("desk")
    add_member(home, "ann", "north", "2026-01-01")
    for point, (uses, checked, wrong) in CASES.items():
        for number in range(uses):
            contact = f"{point}-{number}"
            agent = "ann" if number % 2 else "ben"
            add_chat(home, contact, agent, DAY + number * timedelta(minutes=1), 1)
            tag(home, contact, point)
            if number < checked:
                row = {"review_id": contact, "contact_id": contact, "agent_id": agent, "reviewer_id": "rex"}
                home.add("quality_reviews", [row | {"score": "90", "reviewed_at": at("2026-03-11 12:00")}])
            if number < wrong:
                error = {"error_code": "KN-02", "class": "severe", "knowledge_point": point, "case_code": f"C{point}"}
                home.add("quality_errors", [{"review_id": contact} | error])
    # KP3 came up 508 times, 8 of them in contacts of KP1 that were checked.
    for number in [*range(42, 50), *range(50, 550)]:
        tag(home, f"KP1-{number}", "KP3")
    for number in (42, 43):
        error = {"error_code": "KN-02", "class": "severe", "knowledge_point": "KP3", "occurrence": 2}
        home.add("quality_errors", [{"review_id": f"KP1-{number}"} | error])
    add_items(home)
    home.build("fct_training_need", "fct_rubric_item")
    return home.folder


def told(folder: Path, columns: str, scope: str = "centre", table: str = "fct_training_need") -> list[tuple[Any, ...]]:
    """The columns of March's rows of a scope, in their order."""
    order = "is_check_more, position" if table == "fct_training_need" else "position"
    with open_warehouse(folder) as connection:
        return connection.execute(
            f"select {columns} from scorecard.{table} where scope_id = ? and period_kind = 'month' "  # noqa: S608
            f"and period_start = '2026-03-01' order by {order}",
            [scope],
        ).fetchall()


def test_tn_1_the_list_goes_by_what_is_surely_lost_and_a_small_sample_stands_apart(folder: Path) -> None:
    columns = "knowledge_point, uses, checked, wrong, round(expected_wrong, 2), round(100 * ci_lower, 2), "
    assert told(folder, columns + "round(priority, 2), is_check_more") == [
        ("KP2", 200, 40, 16, 80, 26.35, 52.70, False),
        ("KP4", 600, 60, 9, 90, 8.10, 48.58, False),
        ("KP1", 1000, 50, 5, 100, 4.35, 43.48, False),
        ("KP3", 508, 8, 2, 127, 7.15, 36.31, True),
    ]


def test_a_team_has_its_own_contacts_and_the_cases_stand_beside(folder: Path) -> None:
    assert told(folder, "knowledge_point, uses, checked, wrong", "north")[:1] == [("KP2", 100, 20, 8)]
    assert told(folder, "agents_wrong, case_codes, position")[0] == (2, ["CKP2"], 1)


def test_the_norm_lived_least_leads_and_what_did_not_apply_is_not_asked_for(folder: Path) -> None:
    columns = "item, applicable, in_full, full_rate, mean_share, round(mean_share_before, 4), round(trend, 4), agents"
    assert told(folder, columns, table="fct_rubric_item") == [
        ("N01", 4, 2, 0.5, 0.75, 0.4, 0.35, 2),
        ("G01", 1, 1, 1, 1, None, None, 1),
    ]
