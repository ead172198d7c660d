"""Workbooks that are torn, empty, of another kind, protected or bombs: a reason each, and nothing stops."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.support.land_home import CONTACTS_HEADER, GOOD_CONTACT, LandHome
from tests.support.workbooks import Cell, Row, xls, xlsx

HEADER: Row = ["contact_id", "customer_id", "channel", "direction", "started_at"]
GOOD: Row = ["c1", "u1", "web", "inbound", "2026-01-05T08:00:00Z"]
BOOK = xlsx({1: HEADER, 2: GOOD})
PROTECTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4096


def without_sheet() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as book, zipfile.ZipFile(written, "w") as kept:
        for name in book.namelist():
            if "worksheets" not in name:
                kept.writestr(name, book.read(name))
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "check"),
    [
        (b"", "empty_file"),
        (BOOK[: len(BOOK) // 2], "damaged_workbook"),
        (BOOK[:200] + b"\x00" * 300 + BOOK[500:], "damaged_workbook"),
        (without_sheet(), "damaged_workbook"),
        (PROTECTED, "damaged_workbook"),
        (xls()[:3000], "damaged_workbook"),
        (b"<html><body><table><tr><td>contact_id</td></tr></table></body></html>", "not_a_workbook"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><table></table>", "not_a_workbook"),
        ((CONTACTS_HEADER + GOOD_CONTACT).encode(), "not_a_workbook"),
        (xlsx({}), "empty_file"),
        (xlsx({3: [" ", ""]}), "empty_file"),
    ],
)
def test_what_is_no_workbook_fails_with_a_reason_and_its_neighbours_are_taken(
    tmp_path: Path, content: bytes, check: str
) -> None:
    home = LandHome(tmp_path)
    home.drop("contacts_a.xlsx", content)
    home.drop("contacts_b.csv", CONTACTS_HEADER + GOOD_CONTACT)
    records = home.take_all()
    assert (records["contacts_a.xlsx"].state, records["contacts_b.csv"].records_accepted) == ("failed", 1)
    assert [found for _, _, found, _ in home.findings()] == [check]
    assert all(len(row["remedy"]) > 10 for row in home.quarantine())


def test_a_header_alone_is_taken_and_says_so(tmp_path: Path) -> None:
    home = LandHome(tmp_path)
    record = home.take("contacts.xlsx", xlsx({1: HEADER}))
    assert (record.state, home.findings()) == ("taken", [(None, None, "no_records", None)])


def test_a_stray_cell_in_the_far_corner_costs_its_file_only(tmp_path: Path) -> None:
    home = LandHome(tmp_path)
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    record = home.take("contacts.xlsx", xlsx({1: HEADER, 2: GOOD}, more=far))
    assert (record.state, home.findings()) == ("failed", [(None, None, "workbook_too_large", None)])
    assert "Ctrl+End" in (record.message or "")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestration.readers.unpacking.FREE_BYTES", 1 << 20)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b" " * (50 << 20))
    record = LandHome(tmp_path).take("contacts.xlsx", written.getvalue())
    assert record.state == "failed"
    assert "times its size" in (record.message or "")


def test_cells_of_hostile_text_are_values_and_bad_ones_are_told_by_row(tmp_path: Path) -> None:
    home = LandHome(tmp_path)
    name = "x'); drop table contacts;--\n<script>"
    bad: Row = ["c2", "u2", "web", "inbound", Cell("12.5")]
    record = home.take("contacts_'; --.xlsx", xlsx({1: HEADER, 2: [*GOOD[:1], name, *GOOD[2:]], 5: bad}))
    assert (record.records_accepted, record.records_quarantined, record.is_balanced) == (1, 1, True)
    assert home.findings() == [(5, "started_at", "not_a_time", "form 99.9")]


def test_sheets_are_read_one_at_a_time_as_each_may_take_all_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, run, running, most = LandHome(tmp_path), subprocess.run, [0], [0]

    def counted(*command: Any, **more: Any) -> Any:
        running[0] += 1
        most[0] = max(most[0], running[0])
        done = run(*command, **more)
        running[0] -= 1
        return done

    monkeypatch.setattr("orchestration.readers.workbook.subprocess.run", counted)
    for number in range(4):
        home.drop(f"contacts_{number}.xlsx", xlsx({1: HEADER, 2: [f"c{number}", *GOOD[1:]]}))
    home.take_all()
    assert (sorted(home.column("contacts", "contact_id")), most) == (["c0", "c1", "c2", "c3"], [1])
