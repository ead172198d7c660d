"""What is an agent's own beside his numbers, by hand: documents that he has to sign, and what he was tested in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.control import address, document
from tests.support.people_cases import add_chat, add_person, at
from tests.support.raw_rows import RawHome

pytestmark = pytest.mark.slow

Row = tuple[Any, ...]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> RawHome:
    home = RawHome(tmp_path_factory.mktemp("matters"), as_of=at("2026-03-20 12:00"))
    for source in ("desk", "hr"):
        home.source(source)
    add_chat(home, "first", "ann", at("2026-03-02 09:00"), 1)
    for who in ("ann", "ben"):
        add_person(home, who, "2026-01-01")
    add_person(home, "old", "2026-01-01", left_on="2026-03-10")
    add_documents(home)
    add_tests(home)
    home.build("fct_document_due", "fct_skill_test", tested=True)
    return home


def add_documents(home: RawHome) -> None:
    """One is over, one is to come, one nobody has to sign."""
    document(home, "over", "2026-03-04 18:00", title="Refunds")
    document(home, "ahead", "2026-03-31 18:00")
    document(home, "story", None)
    address(home, "over", "ann", None)
    address(home, "over", "ben", "2026-03-06 09:00")
    # Addressed after it was due: not late, and still to be signed.
    address(home, "over", "xen", None, addressed="2026-03-05 09:00")
    # Who has left signs nothing any more; who is in no list of staff may well be here.
    address(home, "over", "old", None)
    for who in ("ann", "ben"):
        address(home, "ahead", who, None)
        address(home, "story", who, None)


def add_tests(home: RawHome) -> None:
    """Ann passes one test whole, another in one of two items; of a third nobody says whether it was passed."""
    rows = [
        ("t1", "audition", "voice", 80, True, "2026-03-03"),
        ("t1", "audition", "comprehension", 75, True, "2026-03-03"),
        ("t2", "training", "KP-1", 90, True, "2026-03-04"),
        ("t2", "training", "KP-2", 40, False, "2026-03-04"),
        ("t3", "self_recording", "N04", 66.5, None, "2026-03-05"),
        # Of a date that is yet to come nothing is known.
        ("t4", "training", "KP-1", 90, True, "2026-03-21"),
    ]
    names = ("test_id", "kind", "item", "score", "passed", "taken_on")
    home.add("skill_tests", [dict(zip(names, row, strict=True)) | {"agent_id": "x1"} for row in rows], "hr")
    home.add(
        "agent_accounts",
        [{"account_source_id": "hr", "account": "x1", "agent_id": "ann", "valid_from": "2026-03-01"}],
        "hr",
    )


def test_a_document_is_to_be_signed_until_it_is(home: RawHome) -> None:
    assert due(home, "ann") == [("desk/ahead", "A rule", False), ("desk/over", "Refunds", True)]
    assert due(home, "ben") == [("desk/ahead", "A rule", False)]


def test_what_came_after_the_time_to_sign_is_not_overdue(home: RawHome) -> None:
    assert due(home, "xen") == [("desk/over", "Refunds", False)]


def test_nothing_is_due_from_who_has_left(home: RawHome) -> None:
    assert due(home, "old") == []


def due(home: RawHome, agent: str) -> list[Row]:
    return home.query(
        "select document_id, document_title, is_overdue from scorecard.fct_document_due"  # noqa: S608 - own names
        f" where agent_id = '{agent}' order by document_id"
    )


def test_a_test_is_passed_if_all_its_items_are(home: RawHome) -> None:
    found = home.query(
        "select skill_test_id, item, score, is_passed, is_test_passed, agent_id"
        " from scorecard.fct_skill_test order by 1, 2"
    )
    assert found == [
        ("hr/t1", "comprehension", 75, True, True, "ann"),
        ("hr/t1", "voice", 80, True, True, "ann"),
        ("hr/t2", "KP-1", 90, True, False, "ann"),
        ("hr/t2", "KP-2", 40, False, False, "ann"),
        ("hr/t3", "N04", 66.5, None, None, "ann"),
    ]
