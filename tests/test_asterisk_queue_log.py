"""Asterisk's queue_log becomes rows of the contract: each event of its documentation, and damage told apart."""

from __future__ import annotations

import bz2
import gzip
import lzma
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import zstandard

from orchestration.centre import Centre, CentreError, Source, parse_centre
from orchestration.sources.asterisk_queue_log import AsteriskQueueLog
from orchestration.sources.base import Batch, FileProblem, LandingFile

CENTRE = Centre(name="Test", time_zone="Asia/Jerusalem", sources=())
SOURCE = Source(name="pbx", kind="asterisk_queue_log", channel="voice")


def read_bytes(tmp_path: Path, content: bytes, source: Source = SOURCE, name: str = "queue_log") -> list[Batch]:
    path = tmp_path / name
    path.write_bytes(content)
    return list(AsteriskQueueLog().read(LandingFile("pbx", date(2026, 1, 5), name, path), source, CENTRE))


def read_lines(tmp_path: Path, *lines: str, source: Source = SOURCE) -> Batch:
    (batch,) = read_bytes(tmp_path, "".join(f"{line}\n" for line in lines).encode(), source)
    return batch


def rows(batch: Batch, feed: str, *columns: str) -> list[tuple[Any, ...]]:
    return batch.feeds[feed].select(*columns).rows() if feed in batch.feeds else []


def at(second: int) -> datetime:
    return datetime.fromtimestamp(1_000_000_000 + second, UTC)


def line(second: int, call: str, queue: str, agent: str, event: str, *parameters: str) -> str:
    return "|".join([str(1_000_000_000 + second), call, queue, agent, event, *parameters])


def test_a_call_that_is_answered_and_completed(tmp_path: Path) -> None:
    batch = read_lines(
        tmp_path,
        line(0, "c1", "sales", "NONE", "ENTERQUEUE", "", "5551234", "1"),
        line(12, "c1", "sales", "Agent/MICHAL", "CONNECT", "12", "bridge.1", "4"),
        line(112, "c1", "sales", "Agent/MICHAL", "COMPLETECALLER", "12", "100", "1"),
    )

    assert rows(
        batch, "contact_events", "occurred_at", "event_type", "agent_id", "queue_id", "wait_seconds", "talk_seconds"
    ) == [
        (at(0), "queued", None, "sales", None, None),
        (at(12), "connected", "Agent/MICHAL", "sales", "12", None),
        (at(112), "ended", "Agent/MICHAL", "sales", "12", "100"),
    ]
    assert rows(batch, "contact_events", "contact_id", "customer_id", "channel", "direction")[0] == (
        "c1",
        "5551234",
        "voice",
        "inbound",
    )
    assert batch.records_read == 3


@pytest.mark.parametrize(
    ("event", "parameters", "expected"),
    [
        ("COMPLETEAGENT", ("7", "30", "1"), ("ended", None, "7", "30", None, None)),
        ("ABANDON", ("1", "2", "33"), ("abandoned", None, "33", None, None, None)),
        ("EXITWITHKEY", ("1", "2", "3", "44"), ("left_queue", "key", "44", None, None, None)),
        ("EXITWITHTIMEOUT", ("2", "3", "55"), ("left_queue", "timeout", "55", None, None, None)),
        ("EXITEMPTY", ("2", "3", "66"), ("left_queue", "empty", "66", None, None, None)),
        ("TRANSFER", ("601", "ext", "5", "20", "1"), ("transferred", None, "5", "20", "blind", "601")),
        ("TRANSFER", ("601", "ext"), ("transferred", None, None, None, "blind", "601")),
        ("BLINDTRANSFER", ("601", "ext", "5", "20", "1"), ("transferred", None, "5", "20", "blind", "601")),
        ("ATTENDEDTRANSFER", ("BRIDGE", "b-1", "5", "20", "1"), ("transferred", None, "5", "20", "warm", None)),
        ("AGENTDUMP", (), ("declined", None, None, None, None, None)),
        ("SYSCOMPAT", (), ("left_queue", None, None, None, None, None)),
    ],
)
def test_each_event_of_a_call(
    tmp_path: Path, event: str, parameters: tuple[str, ...], expected: tuple[str | None, ...]
) -> None:
    batch = read_lines(tmp_path, line(0, "c1", "sales", "SIP/1", event, *parameters))

    found = rows(
        batch,
        "contact_events",
        "event_type",
        "reason",
        "wait_seconds",
        "talk_seconds",
        "transfer_kind",
        "transfer_target_id",
    )
    assert found == [expected]


def test_ringing_is_in_milliseconds_and_began_before_its_line(tmp_path: Path) -> None:
    batch = read_lines(tmp_path, line(30, "c1", "sales", "SIP/1", "RINGNOANSWER", "15000"))

    assert rows(batch, "contact_events", "event_type", "occurred_at", "agent_id", "row_in_record") == [
        ("offered", at(15), "SIP/1", 0),
        ("declined", at(30), "SIP/1", 1),
    ]
    assert batch.records_read == 1


def test_a_caller_who_gives_up_while_the_phone_rings_is_an_offer_not_declined(tmp_path: Path) -> None:
    batch = read_lines(tmp_path, line(30, "c1", "sales", "SIP/1", "RINGCANCELED", "4500"))

    (row,) = rows(batch, "contact_events", "event_type", "occurred_at")
    assert row == ("offered", datetime.fromtimestamp(1_000_000_025.5, UTC))


def test_each_event_of_an_agent(tmp_path: Path) -> None:
    source = SOURCE.model_copy(update={"pause_reasons": {"lunch": "meal"}})
    batch = read_lines(
        tmp_path,
        line(0, "NONE", "NONE", "Agent/1", "AGENTLOGIN", "SIP/1-000"),
        line(1, "NONE", "NONE", "Agent/2", "AGENTCALLBACKLOGIN", "1002@ctx"),
        line(2, "NONE", "sales", "Agent/1", "PAUSE", "lunch"),
        line(3, "NONE", "sales", "Agent/1", "UNPAUSE"),
        line(4, "NONE", "NONE", "Agent/1", "PAUSEALL", "smoke"),
        line(5, "NONE", "NONE", "Agent/1", "UNPAUSEALL"),
        line(6, "MANAGER", "sales", "SIP/3", "ADDMEMBER"),
        line(7, "MANAGER", "sales", "SIP/4", "ADDMEMBER", "PAUSED"),
        line(8, "MANAGER", "sales", "SIP/3", "REMOVEMEMBER"),
        line(9, "NONE", "NONE", "Agent/1", "AGENTLOGOFF", "SIP/1-000", "9"),
        line(10, "NONE", "NONE", "Agent/2", "AGENTCALLBACKLOGOFF", "1002@ctx", "9", "Autologoff"),
        source=source,
    )

    assert rows(batch, "agent_states", "started_at", "agent_id", "state") == [
        (at(0), "Agent/1", "ready"),
        (at(1), "Agent/2", "ready"),
        (at(2), "Agent/1", "meal"),
        (at(3), "Agent/1", "ready"),
        (at(4), "Agent/1", "away"),
        (at(5), "Agent/1", "ready"),
        (at(6), "SIP/3", "ready"),
        (at(7), "SIP/4", "away"),
        (at(8), "SIP/3", "offline"),
        (at(9), "Agent/1", "offline"),
        (at(10), "Agent/2", "offline"),
    ]
    assert "contact_events" not in batch.feeds


def test_events_that_tell_nothing_of_calls_or_agents_are_ignored_and_counted_by_name(tmp_path: Path) -> None:
    batch = read_lines(
        tmp_path,
        line(0, "NONE", "NONE", "NONE", "QUEUESTART"),
        line(1, "NONE", "NONE", "NONE", "CONFIGRELOAD"),
        line(2, "c1", "sales", "NONE", "DID", "18005551234"),
        line(3, "c1", "sales", "NONE", "INFO", "IVR", "x"),
        line(4, "c1", "sales", "NONE", "SURVEY", "5"),
        line(5, "c2", "sales", "NONE", "SURVEY", "4"),
    )

    assert batch.ignored == {"QUEUESTART": 1, "CONFIGRELOAD": 1, "DID": 1, "INFO": 1, "SURVEY": 2}
    assert batch.feeds == {}
    assert batch.rejects.height == 0


def test_names_of_a_dialplan_are_mapped_by_the_centre(tmp_path: Path) -> None:
    mapped = {
        "FULL": "refused:full",
        "JOINEMPTY": "refused:join_empty",
        "WRAPUP": "state:wrap_up",
        "PENALTY": "ignored",
    }
    source = SOURCE.model_copy(update={"event_types": mapped})
    batch = read_lines(
        tmp_path,
        line(0, "c1", "sales", "NONE", "FULL"),
        line(1, "c2", "sales", "NONE", "JOINEMPTY"),
        line(2, "NONE", "NONE", "SIP/1", "WRAPUP"),
        line(3, "NONE", "sales", "SIP/1", "PENALTY", "2"),
        source=source,
    )

    assert rows(batch, "contact_events", "contact_id", "event_type", "reason") == [
        ("c1", "refused", "full"),
        ("c2", "refused", "join_empty"),
    ]
    assert rows(batch, "agent_states", "agent_id", "state") == [("SIP/1", "wrap_up")]
    assert batch.ignored == {"PENALTY": 1}


def test_a_mapping_to_no_event_type_stops_at_the_start_with_its_key() -> None:
    text = "name: X\ntime_zone: UTC\nsources: [{name: pbx, kind: asterisk_queue_log, event_types: {FULL: fulll}}]"

    with pytest.raises(CentreError, match=r"sources\[0\]: event_types.FULL: 'fulll' is no event type. Remedy: one of"):
        parse_centre(text, "centre.yaml")


def test_one_call_in_two_queues_is_one_contact_with_an_entry_in_each(tmp_path: Path) -> None:
    batch = read_lines(
        tmp_path,
        line(0, "c1", "sales", "NONE", "ENTERQUEUE", "", "5551234", "1"),
        line(60, "c1", "sales", "NONE", "EXITWITHTIMEOUT", "1", "1", "60"),
        line(60, "c1", "support", "NONE", "ENTERQUEUE", "", "5551234", "1"),
    )

    assert rows(batch, "contact_events", "contact_id", "queue_id", "event_type") == [
        ("c1", "sales", "queued"),
        ("c1", "sales", "left_queue"),
        ("c1", "support", "queued"),
    ]


def test_a_surplus_bar_changes_nothing(tmp_path: Path) -> None:
    plain = read_lines(tmp_path, line(0, "c1", "sales", "SIP/1", "COMPLETEAGENT", "7", "30", "1"))
    barred = read_lines(tmp_path, line(0, "c1", "sales", "SIP/1", "COMPLETEAGENT", "7", "30", "1") + "||")

    assert plain.feeds["contact_events"].equals(barred.feeds["contact_events"])


def test_lines_out_of_order_are_kept_with_their_own_time_and_number(tmp_path: Path) -> None:
    batch = read_lines(
        tmp_path,
        line(50, "c1", "sales", "SIP/1", "CONNECT", "50", "b", "0"),
        line(0, "c1", "sales", "NONE", "ENTERQUEUE", "", "5", "1"),
    )

    assert rows(batch, "contact_events", "record_number", "occurred_at") == [(1, at(50)), (2, at(0))]


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
        (b"1e9|c1|sales|NONE|ENTERQUEUE||5\n", "time", "1e9"),
        (b"1000000000|c1|sales|NONE||x\n", "event_name", ""),
        (b"1000000000|c1|sales|NONE|<b>x</b>\n", "event_name", "<b>x</b>"),
        (b"1000000000|NONE|sales|NONE|ENTERQUEUE||5\n", "call_id", None),
        (b"1000000000|NONE|sales|NONE|PAUSE|x\n", "agent", None),
        (b"1000000000|c1|sales|SIP/1|RINGNOANSWER|12.9\n", "ring_time", "12.9"),
        (b"1000000000|c1|sales|SIP/1|RINGNOANSWER|-3\n", "ring_time", "-3"),
        (b"1000000000|c1|sales|Agent/Jos\xe9|CONNECT|1|b|1\n", "encoding", None),
        (b"1000000000|c1|sales|\x00\x00\x00|CONNECT|1|b|1\n", "control_character", None),
        (b"1000000000|c1|sales|NONE|INFO|" + b"x" * 10_000_000 + b"\n", "line_too_long", None),
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

    whole, last = read_bytes(tmp_path, text.encode())

    assert rows(whole, "contact_events", "contact_id") == [("c1",)]
    assert last.rejects.select("record_number", "check_name").rows() == [(2, "unterminated_line")]
    assert last.feeds == {}


def test_a_truncated_gzip_gives_the_lines_before_the_damage_and_then_the_problem(tmp_path: Path) -> None:
    lines = "".join(line(n, f"c{n}", "sales", "NONE", "ENTERQUEUE", "", str(n * 7919)) + "\n" for n in range(50_000))
    path = tmp_path / "queue_log.gz"
    path.write_bytes(gzip.compress(lines.encode())[:-2000])
    taken: list[Batch] = []

    with pytest.raises(FileProblem, match="break off or are damaged") as problem:
        taken.extend(AsteriskQueueLog().read(LandingFile("pbx", date(2026, 1, 5), path.name, path), SOURCE, CENTRE))

    contacts = [number for batch in taken for (number,) in rows(batch, "contact_events", "record_number")]
    assert problem.value.check == "damaged_compression"
    assert 10_000 < len(contacts) < 50_000
    assert contacts == list(range(1, len(contacts) + 1))


def test_a_file_larger_than_a_block_is_numbered_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestration.sources.asterisk_lines.BLOCK_BYTES", 100)
    monkeypatch.setattr("orchestration.sources.asterisk_lines.PIECE_BYTES", 40)
    lines = [line(n, f"c{n}", "sales", "NONE", "ENTERQUEUE", "", "5") for n in range(50)]

    batches = read_bytes(tmp_path, "".join(f"{text}\n" for text in lines).encode())

    events = pl.concat([batch.feeds["contact_events"] for batch in batches])
    assert len(batches) > 10
    assert events["record_number"].to_list() == list(range(1, 51))
    assert events["contact_id"].to_list() == [f"c{n}" for n in range(50)]


def test_the_fingerprint_changes_with_the_mapping(tmp_path: Path) -> None:
    file = LandingFile("pbx", date(2026, 1, 5), "queue_log", tmp_path / "queue_log")
    other = SOURCE.model_copy(update={"event_types": {"FULL": "refused:full"}})

    assert AsteriskQueueLog().fingerprint(file, SOURCE) != AsteriskQueueLog().fingerprint(file, other)
