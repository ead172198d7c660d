"""Files that are damaged as text: each damage costs the lines it touches, with a reason, and nothing else."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import zstandard

from orchestration.home.ledger import LedgerRecord
from tests.support.land_home import GOOD_MESSAGE, MESSAGES_HEADER, LandHome


@pytest.fixture
def home(tmp_path: Path) -> LandHome:
    return LandHome(tmp_path)


def message(number: int) -> str:
    return f"m{number},c1,2026-01-05T08:00:0{number}Z,customer,,true,5\n"


def assert_told_in_full(home: LandHome, record: LedgerRecord) -> None:
    """Every finding names file, check, a sentence and a remedy; every record read is accounted for."""
    assert record.is_balanced
    findings = home.quarantine()
    assert findings
    for row in findings:
        assert row["source_id"] == "desk"
        assert row["file_name"] == record.file_name
        assert row["message"].endswith(".")
        assert len(row["remedy"]) > 10
    assert record.message


def test_an_empty_file_fails_with_a_reason(home: LandHome) -> None:
    record = home.take("messages.csv", "")
    assert record.state == "failed"
    assert home.findings() == [(None, None, "empty_file", None)]
    assert_told_in_full(home, record)


def test_an_empty_jsonl_file_fails_with_a_reason(home: LandHome) -> None:
    record = home.take("messages.jsonl", "\n\n")
    assert record.state == "failed"
    assert home.findings() == [(None, None, "empty_file", None)]
    assert_told_in_full(home, record)


def test_a_file_with_a_header_only_is_taken_and_says_so(home: LandHome) -> None:
    record = home.take("messages.csv", MESSAGES_HEADER)
    assert (record.state, record.records_read) == ("taken", 0)
    assert home.findings() == [(None, None, "no_records", None)]
    assert_told_in_full(home, record)


@pytest.mark.parametrize(("sign", "name"), [(";", "a semicolon"), ("\t", "a tab"), ("|", "a vertical bar")])
def test_another_delimiter_is_recognised(home: LandHome, sign: str, name: str) -> None:
    record = home.take("messages.csv", (MESSAGES_HEADER + message(1)).replace(",", sign))
    assert record.state == "failed"
    assert home.findings() == [(1, None, "wrong_delimiter", None)]
    assert name in (record.message or "")
    assert_told_in_full(home, record)


def test_short_and_long_lines_are_not_padded_or_cut(home: LandHome) -> None:
    short, long = "m2,c1,2026-01-05T08:00:02Z\n", message(3).replace("\n", ",more\n")
    record = home.take("messages.csv", MESSAGES_HEADER + message(1) + short + long + message(4))
    assert home.column("messages", "message_id") == ["m1", "m4"]
    assert home.findings() == [(3, None, "short_line", "3 fields"), (4, None, "long_line", "8 fields")]
    assert_told_in_full(home, record)


def test_a_byte_order_mark_is_no_part_of_the_first_column(home: LandHome) -> None:
    record = home.take("messages.csv", b"\xef\xbb\xbf" + (MESSAGES_HEADER + message(1)).encode())
    assert (record.state, record.records_accepted, record.message) == ("taken", 1, None)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_are_line_ends(home: LandHome, end: str) -> None:
    home.take("messages.csv", (MESSAGES_HEADER + message(1) + message(2)).replace("\n", end))
    assert home.column("messages", "message_id") == ["m1", "m2"]
    assert home.column("messages", "length") == [5, 5]


def test_mixed_line_ends_keep_the_line_numbers(home: LandHome) -> None:
    lines = [MESSAGES_HEADER.strip(), message(1).strip(), "broken", message(3).strip(), message(4).strip()]
    record = home.take("messages.csv", "\r\n".join(lines[:2]) + "\n" + "\r".join(lines[2:4]) + "\r\n" + lines[4])
    assert home.column("messages", "line_number") == [2, 4, 5]
    assert home.findings() == [(3, None, "short_line", "1 fields")]
    assert_told_in_full(home, record)


@pytest.mark.parametrize("piece", [1, 5, 64])
def test_a_line_end_cut_in_two_while_reading_is_one_line_end(
    home: LandHome, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr("orchestration.readers.bytes.PIECE_BYTES", piece)
    home.take("messages.csv", (MESSAGES_HEADER + message(1) + message(2)).replace("\n", "\r\n"))
    assert home.column("messages", "line_number") == [2, 3]


def test_an_open_quote_does_not_swallow_the_next_line(home: LandHome) -> None:
    opened = message(2).replace("c1", '"c1')
    record = home.take("messages.csv", MESSAGES_HEADER + message(1) + opened + message(3) + message(4))
    assert home.column("messages", "message_id") == ["m1", "m3", "m4"]
    assert [(line, check) for line, _, check, _ in home.findings()] == [(3, "open_quote")]
    assert_told_in_full(home, record)


def test_an_open_quote_ends_before_the_next_quoted_record(home: LandHome) -> None:
    quoted = '"m3","c1","2026-01-05T08:00:03Z","customer","","true","5"\n'
    record = home.take("messages.csv", MESSAGES_HEADER + message(2).replace("c1", '"c1') + quoted + message(4))
    assert home.column("messages", "message_id") == ["m3", "m4"]
    assert [(line, check) for line, _, check, _ in home.findings()] == [(2, "open_quote")]
    assert_told_in_full(home, record)


def test_a_quoted_field_over_several_lines_is_one_record(home: LandHome) -> None:
    teams = 'team_id,name,valid_from\nt1,"North\nand ""South"", both",2026-01-01\nt2,East,2026-01-01\n'
    record = home.take("teams.csv", teams)
    assert record.records_read == 2
    assert home.column("teams", "name") == ['North and "South", both', "East"]
    assert home.column("teams", "line_number") == [2, 4]


def test_a_line_in_latin_1_is_told_with_its_byte(home: LandHome) -> None:
    teams = "team_id,name,valid_from\nt1,Équipe,2026-01-01\nt2,East,2026-01-01\n"
    record = home.take("teams.csv", teams.encode("latin-1"))
    assert home.column("teams", "team_id") == ["t2"]
    assert home.findings() == [(2, None, "encoding", "byte 0xC9 at position 4")]
    assert "encoding:" in home.quarantine()[0]["remedy"]
    assert_told_in_full(home, record)


@pytest.mark.parametrize(("encoding", "name"), [("gb18030", "客服一组"), ("latin-1", "Équipe"), ("utf-16", "客服一组")])
def test_a_declared_encoding_is_read_exactly(tmp_path: Path, encoding: str, name: str) -> None:
    home = LandHome(tmp_path, sources=f"- {{name: desk, kind: feed, encoding: {encoding}}}")
    home.take("teams.csv", f"team_id,name,valid_from\nt1,{name},2026-01-01\n".encode(encoding))
    assert home.column("teams", "name") == [name]


def test_bytes_that_are_not_in_the_declared_encoding_are_told(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources="- {name: desk, kind: feed, encoding: gb18030}")
    bad = b"t1,\xff\xff,2026-01-01\n"
    record = home.take("teams.csv", b"team_id,name,valid_from\n" + bad + "t2,客服,2026-01-01\n".encode("gb18030"))
    assert home.column("teams", "team_id") == ["t2"]
    assert [(line, check) for line, _, check, _ in home.findings()] == [(2, "encoding")]
    assert_told_in_full(home, record)


def test_utf_16_that_ends_within_a_character_gives_its_lines_and_says_so(tmp_path: Path) -> None:
    """Half a character at the end: somebody's bytes are missing, though every line before it is whole."""
    home = LandHome(tmp_path, sources="- {name: desk, kind: feed, encoding: utf-16}")
    whole = "team_id,name,valid_from\nt1,客服一组,2026-01-01\n".encode("utf-16")
    record = home.take("teams.csv", whole + b"\x74")
    assert home.column("teams", "name") == ["客服一组"]
    assert "breaks off within a character of utf-16" in (record.message or "")
    assert_told_in_full(home, record)


def test_utf_16_that_is_not_declared_fails_with_the_setting_to_write(home: LandHome) -> None:
    record = home.take("messages.csv", (MESSAGES_HEADER + message(1)).encode("utf-16"))
    assert record.state == "failed"
    assert "encoding: utf-16" in (record.message or "")
    assert_told_in_full(home, record)


PACK: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "zst": zstandard.ZstdCompressor().compress,
    "bz2": lambda plain: bz2.compress(plain, 1),
    "xz": lzma.compress,
}


@pytest.mark.parametrize("ending", PACK)
def test_a_truncated_archive_gives_what_it_holds_and_says_so(home: LandHome, ending: str) -> None:
    lines = [f"m{number},c{number * 7919},2026-01-05T08:00:00Z,customer,,true,5\n" for number in range(40_000)]
    plain = (MESSAGES_HEADER + "".join(lines)).encode()
    packed = PACK[ending](plain)
    record = home.take(f"messages.csv.{ending}", packed[: len(packed) * 3 // 4])
    assert 0 < record.records_accepted < 40_000
    assert record.records_quarantined == 1
    checks = {check for _, _, check, _ in home.findings()}
    assert checks == {"truncated_archive", "truncated_record"}
    assert "breaks off" in (record.message or "")
    assert_told_in_full(home, record)


@pytest.mark.parametrize("name", [*(f"messages.csv.{ending}" for ending in PACK), "messages.parquet"])
def test_a_file_that_is_not_what_its_name_says_fails_with_a_reason(home: LandHome, name: str) -> None:
    record = home.take(name, MESSAGES_HEADER + message(1))
    assert record.state == "failed"
    assert [check for _, _, check, _ in home.findings()] in (["damaged_archive"], ["damaged_parquet"])
    assert_told_in_full(home, record)


def test_a_half_written_json_line_costs_that_line(home: LandHome) -> None:
    whole = '{"message_id":"m1","contact_id":"c","sent_at":"2026-01-05T08:00:00Z","sender":"bot","is_manual":false}\n'
    record = home.take("messages.jsonl", whole + '{"message_id":"m2","cont\n' + "[1]\n" + whole.replace("m1", "m4"))
    assert home.column("messages", "message_id") == ["m1", "m4"]
    assert [(line, check) for line, _, check, _ in home.findings()] == [(2, "broken_json"), (3, "no_json_object")]
    assert_told_in_full(home, record)


def test_json_keys_seen_late_are_read_and_nested_values_are_told(home: LandHome) -> None:
    base = '"contact_id":"c1","sent_at":"2026-01-05T08:00:00Z","sender":"agent","is_manual":true'
    lines = [
        f'{{"message_id":"m1",{base}}}',
        f'{{"message_id":"m2",{base},"agent_id":"a1"}}',
        f'{{"message_id":["m3"],{base}}}',
    ]
    record = home.take("messages.jsonl", "\n".join(lines))
    assert home.column("messages", "agent_id") == [None, "a1"]
    assert home.findings() == [(3, "message_id", "nested_value", "array")]
    assert_told_in_full(home, record)


def test_a_line_of_ten_megabytes_costs_that_line_only(home: LandHome) -> None:
    long = "m2,c1,2026-01-05T08:00:02Z,customer,,true," + "5" * 10_000_000 + "\n"
    record = home.take("messages.csv", MESSAGES_HEADER + message(1) + long + message(3))
    assert home.column("messages", "message_id") == ["m1", "m3"]
    assert home.findings() == [(3, None, "line_too_long", "more than 1000000 bytes")]
    assert_told_in_full(home, record)


def test_a_line_with_nul_bytes_costs_that_line_only(home: LandHome) -> None:
    record = home.take("messages.csv", MESSAGES_HEADER + message(1) + message(2).replace("c1", "\x00\x00") + message(3))
    assert home.column("messages", "message_id") == ["m1", "m3"]
    assert home.findings() == [(3, None, "nul_byte", "byte 0x00")]
    assert_told_in_full(home, record)


def test_one_bad_file_does_not_hold_up_the_rest_of_the_day(home: LandHome) -> None:
    home.drop("contacts.csv", "")
    home.drop("holiday_photos.zip", b"PK\x03\x04")
    home.drop("messages.csv", MESSAGES_HEADER + GOOD_MESSAGE)
    records = home.take_all()
    assert {name: record.state for name, record in records.items()} == {
        "contacts.csv": "failed",
        "holiday_photos.zip": "failed",
        "messages.csv": "taken",
    }
    assert home.column("messages", "message_id") == ["m1"]


def test_a_file_of_no_feed_fails_with_the_names_there_are(home: LandHome) -> None:
    record = home.take("statistics.csv", "a,b\n1,2\n")
    assert record.state == "failed"
    assert home.findings() == [(None, None, "unknown_feed", None)]
    assert "contact_events" in (record.message or "")
    assert_told_in_full(home, record)


def test_what_is_read_does_not_depend_on_where_blocks_end(
    home: LandHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = MESSAGES_HEADER + "".join(
        [message(1), message(2).replace("c1", '"c\n1"'), "short\n", message(4).replace("c1", '"c1'), message(5)]
    )
    home.take("messages.csv", text)
    expected, found = home.rows("messages").drop("file_name"), home.findings()
    monkeypatch.setattr("orchestration.readers.text.BLOCK_BYTES", 30)
    monkeypatch.setattr("orchestration.readers.bytes.PIECE_BYTES", 7)
    small = LandHome(tmp_path / "small")
    small.take("messages.csv", text)
    rows = small.rows("messages").drop("file_name")
    assert rows.equals(expected)
    assert small.findings() == found
    assert expected["message_id"].to_list() == ["m1", "m2", "m5"]
    assert isinstance(rows, pl.DataFrame)
