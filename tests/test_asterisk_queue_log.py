"""Asterisk's queue_log becomes rows of the contract; the form of each event is told in test_asterisk_every_event."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from orchestration.centre import CentreError, parse_centre
from orchestration.readers.findings import LandingFile
from orchestration.sources.asterisk.queue_log import AsteriskQueueLog
from tests.support.asterisk_log import SOURCE, at, line, read_lines, rows


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


def test_events_that_tell_nothing_of_calls_or_agents_are_ignored_and_counted_by_known_name(tmp_path: Path) -> None:
    batch = read_lines(
        tmp_path,
        line(0, "NONE", "NONE", "NONE", "QUEUESTART"),
        line(1, "NONE", "NONE", "NONE", "CONFIGRELOAD"),
        line(2, "c1", "sales", "NONE", "DID", "18005551234"),
        line(3, "c1", "sales", "NONE", "INFO", "IVR", "x"),
        line(4, "c1", "sales", "NONE", "SURVEY", "5"),
        line(5, "c2", "sales", "NONE", "SURVEY", "4"),
    )

    assert batch.ignored == {"QUEUESTART": 1, "CONFIGRELOAD": 1, "DID": 1, "INFO": 1, "unknown_event": 2}
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


def test_the_fingerprint_changes_with_the_mapping(tmp_path: Path) -> None:
    file = LandingFile("pbx", date(2026, 1, 5), "queue_log", tmp_path / "queue_log")
    other = SOURCE.model_copy(update={"event_types": {"FULL": "refused:full"}})

    assert AsteriskQueueLog().fingerprint(file, SOURCE) != AsteriskQueueLog().fingerprint(file, other)
