"""JSON files that are torn, empty, of another form, or bombs: what came before stands, and the rest is told."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.support.land_home import LandHome
from tests.test_files_nested_json import TWO, home_with, tickets

ARRAY = json.dumps(TWO).encode()
FIRST_END = len(json.dumps(TWO[:1]))


@pytest.mark.parametrize(
    ("content", "form", "check", "line"),
    [
        (b"", "format: json", "empty_file", None),
        (b" \n\n", "format: json", "empty_file", None),
        (b"", "records: tickets", "empty_file", None),
        (b"[", "format: json", "truncated_record", 1),
        (b"\n\n nothing", "format: json", "truncated_record", 3),
        (b'{"tickets": []', "records: tickets", "truncated_record", 1),
        (b'{"error": "too many requests"}', "records: tickets", "no_such_path", 1),
        (b'{"tickets": {"a": []}}', "records: tickets", "no_such_path", 1),
        (ARRAY, "records: tickets", "no_such_path", 1),
        (b"\xff\xfe[\x00", "format: json", "encoding", 1),
        (b"PK\x03\x04" + b"x" * 90, "format: json", "not_text", 1),
    ],
)
def test_what_gives_nothing_fails_with_a_reason(
    tmp_path: Path, content: bytes, form: str, check: str, line: int | None
) -> None:
    home = home_with(tmp_path, form)
    assert home.take("a.json", content).state == "failed"
    assert [(found, told) for found, _, told, _ in home.findings()] == [(line, check)]
    assert len(home.quarantine()[0]["remedy"]) > 10


@pytest.mark.parametrize("at", [FIRST_END + 5, FIRST_END + 60, len(ARRAY) - 1])
def test_a_torn_array_gives_what_came_before_and_says_that_it_is_torn(tmp_path: Path, at: int) -> None:
    home = home_with(tmp_path, "format: json")
    record = home.take("a.json", ARRAY[:at])
    # Its last object may be cut anywhere, so one without the sign after it is not trusted.
    assert [name for _, name, _ in tickets(home)] == ["a1"]
    assert (record.state, [check for _, _, check, _ in home.findings()]) == ("taken", ["truncated_record"])
    assert record.is_balanced


def test_a_torn_archive_gives_the_objects_that_it_has(tmp_path: Path) -> None:
    home = home_with(tmp_path, "format: json")
    noise = [{"id": f"n{number}", "x": hash(str(number))} for number in range(5_000)]
    packed = gzip.compress(json.dumps([*TWO, *noise]).encode())
    home.take("a.json.gz", packed[: len(packed) // 2])
    assert [name for _, name, _ in tickets(home)] == ["a1", "a2"]
    assert home.findings()[0][2] == "truncated_archive" or ("truncated_archive" in {row[2] for row in home.findings()})


@pytest.mark.parametrize("rest", [b"]", b"}", b" x [", b",{}"])
def test_what_stands_behind_an_array_is_told_and_its_records_stand(tmp_path: Path, rest: bytes) -> None:
    home = home_with(tmp_path, "format: json")
    record = home.take("a.json", ARRAY + b"\n" + rest)
    assert [name for _, name, _ in tickets(home)] == ["a1", "a2"]
    ((line, _, check, _),) = home.findings()
    assert (line, check) == (2, "broken_json")
    assert record.is_balanced


def test_a_quote_that_is_never_closed_costs_what_follows_and_says_from_where(tmp_path: Path) -> None:
    home = home_with(tmp_path, "format: json")
    home.take("a.json", ARRAY[:-1].replace(b"}, {", b"},\n{") + b',\n{"id": "a3}]')
    assert [name for _, name, _ in tickets(home)] == ["a1", "a2"]
    assert [(line, check) for line, _, check, _ in home.findings()] == [(3, "truncated_record")]


def test_an_object_without_end_stops_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.readers.json_split.MOST_OBJECT_BYTES", 1 << 20)
    monkeypatch.setattr("orchestration.readers.json_file.BLOCK_BYTES", 1 << 18)
    home = home_with(tmp_path, "format: json")
    home.take("a.json", ARRAY[:-1] + b',\n{"id": "' + b"x" * (3 << 20) + b'"}]')
    assert [name for _, name, _ in tickets(home)] == ["a1", "a2"]
    assert [(line, check) for line, _, check, _ in home.findings()] == [(2, "object_too_long")]


@pytest.mark.parametrize("nested", [b"[" * 100_000, b'{"a":' * 100_000, b"[" * 50_000 + b"]" * 50_000])
def test_brackets_without_number_stop_nothing(tmp_path: Path, nested: bytes) -> None:
    home = home_with(tmp_path, "format: json")
    home.drop("a.json", nested)
    home.drop("b.json", ARRAY)
    records = home.take_all()
    assert records["b.json"].records_accepted == 2
    assert records["a.json"].records_accepted == 0
    told = [row["check_name"] for row in home.quarantine() if row["file_name"] == "a.json"]
    assert [check for check in told if check != "absent_key"] in (["truncated_record"], ["no_json_object"])


def test_a_list_that_is_never_there_is_told(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=home_with(tmp_path, "each: items").sources)
    record = home.take("a.jsonl", "\n".join(map(json.dumps, TWO)))
    assert record.ignored_by_kind == {"skipped": 2}
    assert ("items", "absent_key") in [(field, check) for _, field, check, _ in home.findings()]
