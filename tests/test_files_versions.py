"""Which of several tellings of one record counts: the newest by its version, and nothing is replaced in silence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchestration.centre import CentreError
from orchestration.home.names import natural
from tests.support.land_home import LandHome

TICKETS = """
- name: zd
  kind: files
  channel: email
  time_zone: Europe/Berlin
  mapping:
    - files: 'tickets*'
      format: jsonl
      {version}
      feeds:
        contacts:
          contact_id: id
          direction: {{constant: inbound}}
          started_at: created_at
          end_reason: status
"""
PLAIN, BY_UPDATE = TICKETS.format(version=""), TICKETS.format(version="version: updated_at")


def ticket(number: int, status: str, updated: str | None = None) -> str:
    return json.dumps({"id": number, "created_at": "2026-01-05T08:00:00Z", "status": status, "updated_at": updated})


def take(home: LandHome, *lines: str) -> str | None:
    record = home.take("tickets.jsonl", "\n".join(lines) + "\n", source="zd")
    assert record.is_balanced
    return record.message


def test_two_different_rows_of_one_id_in_one_file_are_told(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=PLAIN)
    message = take(home, ticket(77, "solved", "2"), ticket(78, "open", "2"), ticket(77, "open", "1"))
    assert message is not None
    assert message.startswith("1 rows tell of an id something else")
    assert "(first on line 3)" in message
    assert "`version`" in message
    assert home.ledger()[0].remarks[0].code == "told_otherwise"


def test_equal_rows_of_one_id_are_one_record_told_twice_and_no_more(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=PLAIN)
    assert take(home, ticket(77, "open"), ticket(77, "open")) == "1 records repeat earlier ones of the file."


def test_what_is_told_again_after_something_else_is_no_repeat(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=PLAIN)
    message = take(home, ticket(77, "open"), ticket(77, "solved"), ticket(77, "open"), ticket(78, "open"))
    assert home.column("contacts", "end_reason") == ["open", "solved", "open", "open"]
    assert message is not None
    assert "the last one counts" in message


def test_with_a_version_nothing_needs_to_be_told(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=BY_UPDATE)
    told = take(home, ticket(77, "solved", "2026-01-05T12:00:00Z"), ticket(77, "open", "2026-01-05T10:00:00Z"))
    assert told is None
    newer, older = home.column("contacts", "record_version")
    assert newer - older == 2 * 3_600 * 1_000_000


def test_two_different_rows_of_one_version_are_told_all_the_same(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=BY_UPDATE)
    told = take(home, ticket(77, "solved", "2026-01-05T12:00:00Z"), ticket(77, "open", "2026-01-05T12:00:00Z"))
    assert told is not None
    assert "1 rows tell of an id something else" in told


@pytest.mark.parametrize(
    ("rule", "text", "number"),
    [
        ("version: updated_at", "12", 12),
        ("version: updated_at", "1970-01-01T00:00:01Z", 1_000_000),
        ("version: updated_at", "1970-01-01T00:00:01.5+00:00", 1_500_000),
        # 01:00 in Berlin was midnight in Greenwich.
        ("version: updated_at", "1970-01-01 01:00:02", 2_000_000),
        ("version: {column: updated_at, time_format: '%d.%m.%Y %H:%M'}", "01.01.1970 01:01", 60_000_000),
        ("version: {column: updated_at, time_format: epoch_seconds}", "3", 3_000_000),
        ("version: {column: updated_at, extract: '^v([0-9]+)'}", "v7", 7),
        ("version: updated_at", "", None),
        ("version: {column: updated_at, when: {status: closed}}", "soon", None),
        ("version: {key: [updated_at, revision]}", "1", None),
        ("version: {first_of: [revision, updated_at]}", "9", 9),
    ],
)
def test_a_version_is_an_instant_or_a_number(tmp_path: Path, rule: str, text: str, number: int | None) -> None:
    home = LandHome(tmp_path, sources=TICKETS.format(version=rule))
    take(home, ticket(77, "open", text))
    assert (home.column("contacts", "record_version"), [found for found in home.findings() if found[0]]) == (
        [number],
        [],
    )


@pytest.mark.parametrize("text", ["yesterday", "2026-02-30T10:00:00Z", "1.5", "-1", "2026-01-05"])
def test_what_can_tell_no_order_costs_its_record(tmp_path: Path, text: str) -> None:
    home = LandHome(tmp_path, sources=BY_UPDATE)
    take(home, ticket(77, "open", text), ticket(78, "open", "2026-01-05T12:00:00Z"))
    assert home.column("contacts", "contact_id") == ["78"]
    assert [found[:3] for found in home.findings()] == [(1, "updated_at", "not_a_version")]


def test_a_version_that_is_always_the_same_stops_at_centre_yaml(tmp_path: Path) -> None:
    with pytest.raises(CentreError, match="has to be a column"):
        _ = LandHome(tmp_path, sources=TICKETS.format(version="version: {constant: 1}")).centre


def test_files_of_one_drop_are_taken_in_natural_order(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=PLAIN)
    for page in (10, 9, 1):
        home.drop(f"tickets_page_{page}.jsonl", ticket(page, "open") + "\n", source="zd")
    assert list(home.take_all()) == ["tickets_page_1.jsonl", "tickets_page_9.jsonl", "tickets_page_10.jsonl"]


def test_numbers_in_names_count_as_numbers() -> None:
    names = ["a10b2", "a9b10", "a9b9", "b", "a09b9", "2026-01-05_2", "2026-01-05_10", "2025-12-31_3"]
    assert sorted(names, key=lambda name: (natural(name), name)) == [
        "2025-12-31_3", "2026-01-05_2", "2026-01-05_10", "a09b9", "a9b9", "a9b10", "a10b2", "b",
    ]  # fmt: skip
