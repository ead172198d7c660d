"""Workbooks with macros and binary ones: read as others are, and refused as others are; a feed says what to save."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from orchestration.look.sample import look_at
from orchestration.readers.findings import FileProblem
from tests.support.land_home import LandHome
from tests.support.workbooks import Row, xlsb, xlsm, xlsx

SOURCE = """
- name: s
  kind: files
  channel: voice
  time_zone: UTC
  mapping:
    files: 'calls*'
    feeds: {contacts: {contact_id: Call, direction: {constant: inbound}, started_at: Start}}
"""
ROWS: dict[int, Row] = {1: ["Call", "Start"], 2: ["c1", "2026-01-05 10:00:00"], 4: ["c2", "10:00"]}
KINDS = {"xlsm": xlsm(ROWS), "xlsb": xlsb(ROWS)}


def bomb(book: bytes) -> bytes:
    written = io.BytesIO(book)
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as added:
        added.writestr("xl/media/a.bin", b"\0" * (8 << 20))
    return written.getvalue()


def wrongly(ending: str) -> list[tuple[str, bytes, str]]:
    book = KINDS[ending]
    with zipfile.ZipFile(io.BytesIO(book)) as whole:
        sheet = next(name for name in whole.namelist() if "worksheets/" in name)
    return [
        (ending, b"", "empty_file"),
        (ending, book[: len(book) // 2], "damaged_workbook"),
        (ending, book.replace(sheet.encode(), b"x" * len(sheet)), "damaged_workbook"),
        (ending, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4096, "damaged_workbook"),
        (ending, b"<html><body><table></table></body></html>", "not_a_workbook"),
        (ending, b"Call,Start\nc1,2026-01-05 10:00:00\n", "not_a_workbook"),
        (ending, bomb(book), "unpacks_too_large"),
    ]


@pytest.mark.parametrize("ending", KINDS)
def test_each_kind_is_read_by_its_rows(tmp_path: Path, ending: str) -> None:
    home = LandHome(tmp_path, sources=SOURCE)
    record = home.take(f"calls_'; --.{ending}", KINDS[ending], source="s")
    assert home.column("contacts", "contact_id") == ["c1"]
    assert [(line, field) for line, field, _, _ in home.findings()] == [(4, "started_at")]
    assert (record.records_read, record.is_balanced) == (2, True)


@pytest.mark.parametrize(("ending", "content", "check"), [case for ending in KINDS for case in wrongly(ending)])
def test_what_is_wrong_with_one_has_a_reason_and_costs_its_file_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, content: bytes, check: str
) -> None:
    monkeypatch.setattr("orchestration.readers.unpacking.FREE_BYTES", 1 << 20)
    home = LandHome(tmp_path, sources=SOURCE)
    home.drop(f"calls_1.{ending}", content, source="s")
    home.drop("calls_2.csv", "Call,Start\nc9,2026-01-05 10:00:00\n", source="s")
    records = home.take_all()
    assert (records[f"calls_1.{ending}"].state, records["calls_2.csv"].records_accepted) == ("failed", 1)
    assert [found for _, _, found, _ in home.findings()] == [check]
    assert all(len(row["remedy"]) > 10 for row in home.quarantine())
    with pytest.raises(FileProblem):
        look_at(tmp_path / "landing" / "s" / "2026-01-05" / f"calls_1.{ending}")


@pytest.mark.parametrize(("ending", "content"), [("xlsb", xlsx(ROWS)), ("xlsm", xlsb(ROWS)), ("xlsx", xlsb(ROWS))])
def test_a_workbook_under_the_ending_of_another_is_read_as_what_it_is(
    tmp_path: Path, ending: str, content: bytes
) -> None:
    home = LandHome(tmp_path, sources=SOURCE)
    home.take(f"calls.{ending}", content, source="s")
    assert home.column("contacts", "contact_id") == ["c1"]


@pytest.mark.parametrize("ending", KINDS)
def test_a_feed_says_what_to_save_it_as(tmp_path: Path, ending: str) -> None:
    home = LandHome(tmp_path)
    record = home.take(f"contacts.{ending}", KINDS[ending])
    assert record.state == "failed"
    (row,) = home.quarantine()
    assert (row["check_name"], ".xlsx" in row["remedy"]) == ("unknown_format", True)
