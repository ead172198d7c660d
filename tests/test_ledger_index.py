"""The ledger's records in one file: always what the ledger says now, whatever the file held before."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.home.ledger import EMPTY_RECORD
from orchestration.home.ledger_index import ensure_index, index_file, ledger
from orchestration.home.paths import Home

RECORD = """{"source_id": "desk", "landing_day": "2026-03-02", "file_name": "%s", "state": "taken", "records_read": %d,
 "rows_by_feed": {"contacts": 3}, "columns_by_feed": {"contacts": ["contact_id"]}, "file_columns": {"id": "text"}}"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def put(home: Home, name: str, text: str) -> Path:
    """Put a record in place as the door does: whole, under its own name."""
    path = home.ledger / "desk" / "2026-03-02" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{name}.tmp")
    passing.write_text(text, encoding="utf-8")
    passing.replace(path)
    return path


def told(home: Home) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        return ledger(connection, home).select("file_name, records_read").order("file_name").fetchall()


def test_a_home_without_files_has_no_records(home: Home) -> None:
    assert told(home) == []


def test_records_that_come_change_and_go_are_told_as_they_are(home: Home) -> None:
    put(home, "a", RECORD % ("a.csv", 3))
    gone = put(home, "b", RECORD % ("b.csv", 5))
    assert told(home) == [("a.csv", 3), ("b.csv", 5)]
    put(home, "a", RECORD % ("a.csv", 4))
    gone.unlink()
    put(home, "c", RECORD % ("c.csv", 6))
    assert told(home) == [("a.csv", 4), ("c.csv", 6)]


def test_a_record_of_the_same_length_put_there_in_the_same_moment_is_another_one(home: Home) -> None:
    before = put(home, "a", RECORD % ("a.csv", 3)).stat()
    assert told(home) == [("a.csv", 3)]
    os.utime(put(home, "a", RECORD % ("a.csv", 4)), ns=(before.st_atime_ns, before.st_mtime_ns))
    assert told(home) == [("a.csv", 4)]


def test_what_is_no_record_is_left_out(home: Home) -> None:
    put(home, "a", RECORD % ("a.csv", 3))
    put(home, "cut", (RECORD % ("cut.csv", 3))[:-9])
    put(home, "other", '{"source_id": "desk", "landing_day": "no day"}')
    put(home, "empty", "")
    (home.ledger / EMPTY_RECORD).parent.mkdir(parents=True)
    (home.ledger / EMPTY_RECORD).write_text("{}")
    (home.ledger / "desk" / "2026-03-02" / "binary.json").write_bytes(b"\xff\xfe{}")
    assert told(home) == [("a.csv", 3)]


def test_values_come_back_in_their_kinds(home: Home) -> None:
    put(home, "a", RECORD % ("a.csv", 3))
    with duckdb.connect() as connection:
        [row] = (
            ledger(connection, home)
            .select("landing_day::varchar, rows_by_feed, columns_by_feed, file_columns")
            .fetchall()
        )
    assert row == ("2026-03-02", '{"contacts":3}', {"contacts": ["contact_id"]}, {"id": "text"})


def test_only_what_is_not_as_it_was_is_read_again(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    put(home, "a", RECORD % ("a.csv", 3))
    ensure_index(home)
    written = index_file(home).stat().st_mtime_ns
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: pytest.fail("a record was read again"))
    assert told(home) == [("a.csv", 3)]
    assert index_file(home).stat().st_mtime_ns == written


@pytest.mark.parametrize("content", [b"", b"PAR1 and no more", b"PAR1"])
def test_a_damaged_file_is_made_anew(home: Home, content: bytes) -> None:
    put(home, "a", RECORD % ("a.csv", 3))
    ensure_index(home).write_bytes(content)
    assert told(home) == [("a.csv", 3)]


def test_a_file_of_a_version_with_other_columns_is_made_anew(home: Home) -> None:
    put(home, "a", RECORD % ("a.csv", 3))
    index = ensure_index(home)
    with duckdb.connect() as connection:
        connection.execute(f"create table old as select * exclude (remarks) from '{index}'")  # noqa: S608
        connection.execute(f"copy old to '{index}' (format parquet)")
    assert told(home) == [("a.csv", 3)]


def test_who_only_looks_writes_nothing(home: Home) -> None:
    put(home, "a", RECORD % ("a.csv", 3))
    assert told(home) == [("a.csv", 3)]
    assert not home.state.exists()
    before = ensure_index(home).read_bytes()
    put(home, "b", RECORD % ("b.csv", 5))
    assert told(home) == [("a.csv", 3), ("b.csv", 5)]
    assert index_file(home).read_bytes() == before
