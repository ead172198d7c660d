"""Files that are too much or something else: bombs, headers without end, archives and sheets under another name."""

from __future__ import annotations

import gzip
import io
import time
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from orchestration.home.paths import SettingsError, UnpackLimits, unpack_limits
from tests.support.land_home import CONTACTS_HEADER, GOOD_CONTACT, GOOD_MESSAGE, MESSAGES_HEADER, LandHome
from tests.test_files_mapping_rules import one_rule

PBX = "- {name: desk, kind: asterisk_queue_log}"


@pytest.fixture
def home(tmp_path: Path) -> LandHome:
    return LandHome(tmp_path)


def checks(home: LandHome) -> set[str]:
    return {check for _, _, check, _ in home.findings()}


def packed_lines(line: bytes, megabytes: int) -> bytes:
    return gzip.compress(line * ((megabytes << 20) // len(line)), compresslevel=1)


@pytest.mark.parametrize("line", [b"\n", b"x\n", b"x" * 100_000 + b"\n"], ids=["empty", "short", "long"])
@pytest.mark.parametrize("name", ["messages.csv.gz", "messages.jsonl.gz"])
def test_a_bomb_is_read_to_its_limit_and_told(
    home: LandHome, monkeypatch: pytest.MonkeyPatch, name: str, line: bytes
) -> None:
    monkeypatch.setattr("orchestration.readers.unpacking.FREE_BYTES", 1 << 20)
    monkeypatch.setenv("SCOREHOUSE_MAX_UNPACK_RATIO", "20")
    header = MESSAGES_HEADER.encode() if name.endswith("csv.gz") else b""
    record = home.take(name, gzip.compress(header) + packed_lines(line, 4))
    assert "unpacks_too_large" in checks(home)
    assert "SCOREHOUSE_MAX_UNPACK_RATIO" in (record.message or "")
    assert record.is_balanced


def test_a_bomb_in_a_queue_log_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestration.readers.unpacking.FREE_BYTES", 1 << 20)
    home = LandHome(tmp_path, sources=PBX)
    home.take("queue_log.gz", packed_lines(b"\n", 20))
    assert "unpacks_too_large" in checks(home)


def test_a_parquet_file_of_one_value_told_a_million_times_is_a_bomb_too(
    home: LandHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.readers.unpacking.FREE_BYTES", 1 << 20)
    columns = {"contact_id": "c" * 200, "direction": "inbound", "channel": "web", "started_at": "2026-01-05T08:00:00Z"}
    table = pa.table({name: pa.array([value] * 200_000) for name, value in columns.items()})
    file = io.BytesIO()
    pq.write_table(table, file)
    home.take("contacts.parquet", file.getvalue())
    assert "unpacks_too_large" in checks(home)


def test_a_file_of_which_nearly_all_is_bad_is_not_read_to_its_end(
    home: LandHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.readers.text.BLOCK_BYTES", 200)
    monkeypatch.setattr("orchestration.readers.bytes.PIECE_BYTES", 100)
    monkeypatch.setattr("orchestration.readers.border.MOST_QUARANTINED", 100)
    record = home.take("messages.csv", MESSAGES_HEADER + GOOD_MESSAGE + "x\n" * 10_000)
    assert 100 < record.records_quarantined < 500
    assert (record.records_accepted, record.is_balanced) == (1, True)
    assert "too_many_bad_records" in checks(home)
    assert "More than 100 records" in (record.message or "")


def test_the_size_of_what_is_unpacked_is_limited_by_itself(home: LandHome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCOREHOUSE_MAX_UNPACKED_GB", "0.002")
    lines = "".join(GOOD_MESSAGE.replace("m1", f"m{number}") for number in range(100_000))
    home.take("messages.csv.zst", zstandard.compress((MESSAGES_HEADER + lines).encode()))
    assert "unpacks_too_large" in checks(home)
    assert 10_000 < len(home.column("messages", "message_id")) < 100_000


def test_the_limits_have_defaults_and_refuse_nonsense() -> None:
    assert unpack_limits({}) == UnpackLimits(gigabytes=20.0, ratio=200.0)
    for value in ("many", "0", "-1", "inf", "nan"):
        with pytest.raises(SettingsError, match="SCOREHOUSE_MAX_UNPACK_RATIO"):
            unpack_limits({"SCOREHOUSE_MAX_UNPACK_RATIO": value})


def test_a_header_of_thousands_of_columns_is_read(home: LandHome) -> None:
    more = [f"extra_{number}" for number in range(9_000)]
    header = CONTACTS_HEADER.strip() + "," + ",".join(more) + "\n"
    row = GOOD_CONTACT.strip() + "," + ",".join(f'"{number}, x"' for number in range(9_000)) + "\n"
    short = GOOD_CONTACT.replace("c1", "c2")
    began = time.monotonic()
    record = home.take("contacts.csv", header + row + short + row.replace("c1", "c3"))
    assert time.monotonic() - began < 20
    assert home.column("contacts", "contact_id") == ["c1", "c3"]
    assert (record.records_read, record.records_quarantined) == (3, 1)
    assert "8980 more columns" in (record.message or "")


@pytest.mark.parametrize("columns", [10_001, 100_000])
def test_more_columns_than_any_system_writes_are_refused_at_once(tmp_path: Path, columns: int) -> None:
    header = ",".join(f"c{number}" for number in range(columns)) + "\n"
    rule = "files: '*.csv'\nfeeds:\n  teams: {team_id: a, name: b, valid_from: c}"
    home = LandHome(tmp_path, sources="- {name: desk, kind: feed}\n" + one_rule(rule))
    home.drop("contacts.csv", header + "1\n")
    home.drop("teams.csv", header + "1\n", source="crm")
    began = time.monotonic()
    home.take_all()
    assert time.monotonic() - began < 20
    assert checks(home) == {"too_many_columns"}


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook (xlsx)"),
        (zipped("contacts.csv"), "a zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "an old Excel workbook (xls)"),
        (gzip.compress(CONTACTS_HEADER.encode()), "a gzip archive"),
        (b"%PDF-1.7\n%\xe2\xe3\n", "a PDF document"),
        (b"PAR1\x00\x00", "a Parquet file"),
    ],
    # Archives hold the second at which they were made, and every process has to give a test the same name.
    ids=lambda value: value if isinstance(value, str) else "content",
)
def test_what_is_no_text_is_called_by_its_name(home: LandHome, content: bytes, kind: str) -> None:
    record = home.take("contacts.csv", content)
    assert (record.state, checks(home)) == ("failed", {"not_text"})
    assert f"The file is {kind}" in (record.message or "")


@pytest.mark.parametrize("feed", ["desk", "crm"])
def test_a_file_without_header_is_told_as_such(tmp_path: Path, feed: str) -> None:
    rule = "files: '*.csv'\nfeeds:\n  teams: {team_id: id, name: name, valid_from: since}"
    home = LandHome(tmp_path, sources="- {name: desk, kind: feed}\n" + one_rule(rule))
    record = home.take("contacts.csv", "4711,+491701234567,Anna,2026-01-05 08:00:00\n", source=feed)
    assert (record.state, home.findings()) == ("failed", [(1, None, "no_header", None)])
    assert "Anna" not in (record.message or "")


@pytest.mark.parametrize(
    ("column", "value"), [("wait_seconds", "+491701234567"), ("wait_seconds", "31622401"), ("talk_seconds", "2678401")]
)
def test_a_duration_that_nobody_lives_to_see_is_none(home: LandHome, column: str, value: str) -> None:
    events = f"contact_id,occurred_at,event_type,{column}\nc1,2026-01-05T08:00:00Z,connected,"
    home.take("contact_events.csv", events + value + "\n")
    assert [(field, check) for _, field, check, _ in home.findings()] == [(column, "out_of_range")]
    assert "is more than" in home.quarantine()[0]["message"]


@pytest.mark.parametrize(("sign", "written"), [(";", '";"'), ("\t", r'"\t"'), ("|", '"|"')])
def test_the_remedy_for_a_delimiter_can_be_pasted(tmp_path: Path, sign: str, written: str) -> None:
    rule = "files: '*.csv'\nfeeds:\n  teams: {team_id: id, name: name, valid_from: since}"
    home = LandHome(tmp_path, sources=one_rule(rule))
    text = f"id{sign}name{sign}since\nt1{sign}North{sign}2026-01-01\n"
    record = home.take("teams.csv", text, source="crm")
    assert f"Write `delimiter: {written}` in the rule" in (record.message or "")
    home.sources = one_rule(rule + f"\ndelimiter: {written}")
    assert home.take("teams.csv", text, source="crm").records_accepted == 1
