"""Asterisk's queue_log as files: packed, of other systems, damaged, half written, larger than a block."""

from __future__ import annotations

import bz2
import gzip
import lzma
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import zstandard

from orchestration.readers.findings import FileProblem, LandingFile
from orchestration.sources.adapter import Batch
from orchestration.sources.asterisk.queue_log import AsteriskQueueLog
from tests.support.asterisk_log import SOURCE, line, read_bytes, rows
from tests.support.land_home import LandHome


@pytest.mark.parametrize(
    "pack",
    [gzip.compress, bz2.compress, lzma.compress, zstandard.ZstdCompressor().compress],
    ids=["gz", "bz2", "xz", "zst"],
)
def test_compression_is_recognised_by_content_not_by_name(tmp_path: Path, pack: Any) -> None:
    text = (line(0, "c1", "sales", "NONE", "ENTERQUEUE", "", "5", "1") + "\n").encode()

    (batch,) = read_bytes(tmp_path, pack(text), name="queue_log-20260105")

    assert rows(batch, "contact_events", "contact_id") == [("c1",)]


def test_windows_line_ends_and_a_byte_order_mark_are_no_content(tmp_path: Path) -> None:
    first = line(0, "c1", "sales", "NONE", "ENTERQUEUE", "", "5")
    last = line(9, "c1", "sales", "NONE", "ABANDON", "1", "1", "9")
    text = f"\ufeff{first}\r\n\r\n{last}\r\n"

    (batch,) = read_bytes(tmp_path, text.encode())

    assert rows(batch, "contact_events", "record_number", "line_number", "wait_seconds") == [(1, 1, None), (2, 3, "9")]


@pytest.mark.parametrize(
    ("bad", "check", "value"),
    [
        (b"1000000000|c1|sales|NONE\n", "field_count", None),
        (b"2026-01-05 08:00:00|c1|sales|NONE|ENTERQUEUE||5\n", "time", "2026-01-05 08:00:00"),
        (b"-5|c1|sales|NONE|ENTERQUEUE||5\n", "time", "-5"),
        (b"1e9|c1|sales|NONE|ENTERQUEUE||5\n", "time", "form 9x9"),
        (b"1000000000|c1|sales|NONE||x\n", "event_name", "form "),
        (b"1000000000|c1|sales|NONE|<b>x</b>\n", "event_name", "form ?x?x?/x?"),
        (b"1000000000|NONE|sales|NONE|ENTERQUEUE||5\n", "call_id", None),
        (b"1000000000|NONE|sales|NONE|PAUSE|x\n", "agent", None),
        (b"1000000000|c1|sales|SIP/1|RINGNOANSWER|12.9\n", "ring_time", "12.9"),
        (b"1000000000|c1|sales|SIP/1|RINGNOANSWER|-3\n", "ring_time", "-3"),
        (b"1000000000|c1|sales|SIP/1|WRAPUPSTART|9.5\n", "wrap_up_time", "9.5"),
        (b"1000000000|c1|sales|SIP/1|WRAPUPSTART|86401\n", "wrap_up_time", "86401"),
        (b"1000000000|c1|sales|Agent/Jos\xe9|CONNECT|1|b|1\n", "encoding", "byte 0xE9 at position 30"),
        (b"1000000000|c1|sales|\x00\x00\x00|CONNECT|1|b|1\n", "nul_byte", "byte 0x00"),
        (b"1000000000|c1|sales|\x1b[0m|CONNECT|1|b|1\n", "control_character", None),
        (b"1000000000|c1|sales|NONE|INFO|" + b"x" * 10_000_000 + b"\n", "line_too_long", "more than 1000000 bytes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_line_is_rejected_with_its_reason_and_the_rest_goes_on(
    tmp_path: Path, bad: bytes, check: str, value: str | None
) -> None:
    good = (line(0, "c1", "sales", "NONE", "ENTERQUEUE", "", "5", "1") + "\n").encode()

    (batch,) = read_bytes(tmp_path, good + bad + good)

    assert batch.rejects.select("record_number", "line_number", "check_name", "value").rows() == [(2, 2, check, value)]
    assert all(batch.rejects.select("message", "remedy").row(0))
    assert rows(batch, "contact_events", "record_number") == [(1,), (3,)]
    assert batch.records_read == 3


def test_a_half_written_last_line_is_rejected_because_its_last_number_may_be_cut(tmp_path: Path) -> None:
    text = line(0, "c1", "sales", "SIP/1", "COMPLETEAGENT", "7", "30", "1") + "\n"
    text += line(9, "c2", "sales", "SIP/1", "COMPLETEAGENT", "7", "3")

    (batch,) = read_bytes(tmp_path, text.encode())

    assert rows(batch, "contact_events", "contact_id") == [("c1",)]
    assert batch.rejects.select("record_number", "line_number", "check_name").rows() == [(2, 2, "truncated_record")]
    assert batch.records_read == 2


SOURCES = "- {name: pbx, kind: asterisk_queue_log, channel: voice, encoding: ENCODING}"
ANSWERED = "1767600000|c1|客服|NONE|ENTERQUEUE||5\n1767600009|c1|客服|Agent/José|CONNECT|9|b|1\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "gb18030"])
def test_a_log_in_the_encoding_of_its_source_is_taken_whole(tmp_path: Path, encoding: str) -> None:
    home = LandHome(tmp_path, SOURCES.replace("ENCODING", encoding))

    record = home.take("queue_log.gz", gzip.compress(ANSWERED.encode(encoding)), source="pbx")

    assert (record.records_accepted, record.records_quarantined, record.message) == (2, 0, None)
    assert home.column("contact_events", "queue_id") == ["客服", "客服"]
    assert home.column("contact_events", "agent_id") == [None, "Agent/José"]


def test_a_log_of_utf_16_that_nobody_declared_fails_with_the_setting_to_write(tmp_path: Path) -> None:
    home = LandHome(tmp_path, SOURCES.replace("ENCODING", "utf-8"))

    record = home.take("queue_log", ANSWERED.encode("utf-16"), source="pbx")

    assert record.state == "failed"
    assert "Write `encoding: utf-16` under the source in centre.yaml" in (record.message or "")


def test_a_log_is_taken_again_when_its_encoding_is_declared_and_only_then(tmp_path: Path) -> None:
    plain = LandHome(tmp_path, "- {name: pbx, kind: asterisk_queue_log, channel: voice}")
    plain.drop("queue_log", ANSWERED.encode("gb18030"), source="pbx")
    before = plain.take_all()["queue_log"]

    declared = LandHome(tmp_path, SOURCES.replace("ENCODING", "gb18030"))
    after = declared.take_all()["queue_log"]

    assert (before.records_quarantined, after.records_quarantined) == (2, 0)
    assert LandHome(tmp_path, SOURCES.replace("ENCODING", "gb18030")).take_all() == {}
    # As version 2 told it before it read any encoding: a log of UTF-8 is not taken again.
    assert before.adapter_fingerprint.startswith(
        'asterisk_queue_log:{"channel": "voice", "event_types": {}, "pause_reasons": {}, "version": "2"}:'
    )


def test_a_truncated_gzip_gives_the_lines_before_the_damage_and_then_the_problem(tmp_path: Path) -> None:
    lines = "".join(line(n, f"c{n}", "sales", "NONE", "ENTERQUEUE", "", str(n * 7919)) + "\n" for n in range(50_000))
    path = tmp_path / "queue_log.gz"
    path.write_bytes(gzip.compress(lines.encode())[:-2000])
    taken: list[Batch] = []

    with pytest.raises(FileProblem, match="breaks off before its end") as problem:
        taken.extend(AsteriskQueueLog().read(LandingFile("pbx", date(2026, 1, 5), path.name, path), SOURCE))

    contacts = [number for batch in taken for (number,) in rows(batch, "contact_events", "record_number")]
    assert problem.value.check == "truncated_archive"
    assert 10_000 < len(contacts) < 50_000
    assert contacts == list(range(1, len(contacts) + 1))
    assert taken[-1].rejects["check_name"].to_list() == ["truncated_record"]


def test_a_file_larger_than_a_block_is_numbered_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestration.readers.text.BLOCK_BYTES", 100)
    monkeypatch.setattr("orchestration.readers.bytes.PIECE_BYTES", 40)
    lines = [line(n, f"c{n}", "sales", "NONE", "ENTERQUEUE", "", "5") for n in range(50)]

    batches = read_bytes(tmp_path, "".join(f"{text}\n" for text in lines).encode())

    events = pl.concat([batch.feeds["contact_events"] for batch in batches])
    assert len(batches) > 10
    assert events["record_number"].to_list() == list(range(1, 51))
    assert events["contact_id"].to_list() == [f"c{n}" for n in range(50)]
