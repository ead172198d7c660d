"""One record that tells of several happenings: a feed with several rules, and no row where no time stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchestration.centre import CentreError
from tests.support.land_home import LandHome

CALLS = """
- name: did
  kind: files
  channel: voice
  time_zone: UTC
  mapping:
    - files: calls*.csv
      feeds:
        contacts: {contact_id: Call ID, customer_id: Source, direction: {constant: inbound}, started_at: Start}
        contact_events:
          - {contact_id: Call ID, occurred_at: Start, event_type: {constant: queued}}
          - {contact_id: Call ID, occurred_at: Connect, event_type: {constant: connected}, agent_id: Agent}
          - where: {Status: missed}
            columns: {contact_id: Call ID, occurred_at: End, event_type: {constant: abandoned}}
          - where: {Connect: {filled: true}}
            columns: {contact_id: Call ID, occurred_at: End, event_type: {constant: ended}, agent_id: Agent}
"""
CALL_LOG = """Call ID,Source,Start,Connect,End,Status,Agent
x1,15551,2026-01-05T10:01:00Z,2026-01-05T10:01:10Z,2026-01-05T10:01:50Z,answered,ann
x2,15552,2026-01-05T10:02:00Z,2026-01-05T10:02:05Z,2026-01-05T10:02:59Z,answered,bob
x3,15553,2026-01-05T10:03:00Z,,2026-01-05T10:03:10Z,missed,
"""


def events_of(home: LandHome) -> list[tuple[object, ...]]:
    """Line, place in the record, contact, event, clock time and agent of all events."""
    rows = home.rows("contact_events").sort("record_number", "row_in_record")
    clock = rows["occurred_at"].dt.strftime("%H:%M:%S")
    return (
        rows.with_columns(clock=clock)
        .select("line_number", "row_in_record", "contact_id", "event_type", "clock", "agent_id")
        .rows()
    )


def test_one_call_record_gives_what_happened_in_it_and_nothing_else(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=CALLS)
    record = home.take("calls_a.csv", CALL_LOG, source="did")
    assert events_of(home) == [
        (2, 0, "x1", "queued", "10:01:00", None),
        (2, 1, "x1", "connected", "10:01:10", "ann"),
        (2, 3, "x1", "ended", "10:01:50", "ann"),
        (3, 0, "x2", "queued", "10:02:00", None),
        (3, 1, "x2", "connected", "10:02:05", "bob"),
        (3, 3, "x2", "ended", "10:02:59", "bob"),
        (4, 0, "x3", "queued", "10:03:00", None),
        (4, 2, "x3", "abandoned", "10:03:10", None),
    ]
    assert (record.records_read, record.records_accepted, record.is_balanced) == (3, 3, True)
    assert record.rows_by_feed == {"contact_events": 8, "contacts": 3}
    assert home.findings() == []


def test_an_unanswered_call_is_kept_by_the_mapping_of_whoever_begins(tmp_path: Path) -> None:
    plain = CALLS.split("        contact_events:")[0] + (
        "        contact_events: {contact_id: Call ID, occurred_at: Connect, event_type: {constant: connected}}\n"
    )
    home = LandHome(tmp_path, sources=plain)
    record = home.take("calls_a.csv", CALL_LOG, source="did")
    assert home.column("contacts", "contact_id") == ["x1", "x2", "x3"]
    assert home.column("contact_events", "contact_id") == ["x1", "x2"]
    assert (record.records_accepted, record.is_balanced, home.findings()) == (3, True, [])


def test_a_record_that_would_give_no_row_at_all_is_told_and_counted(tmp_path: Path) -> None:
    only_events = CALLS.replace(CALLS[CALLS.index("        contacts:") : CALLS.index("        contact_events:")], "")
    home = LandHome(tmp_path, sources=only_events)
    blank = "x4,15554,,,,answered,\n"
    record = home.take("calls_a.csv", CALL_LOG + blank, source="did")
    assert home.findings() == [(5, "occurred_at", "missing_value", None)]
    assert (record.records_read, record.records_accepted, record.records_quarantined) == (4, 3, 1)
    assert record.is_balanced


def test_a_contact_without_its_start_is_an_error_whatever_else_the_record_gives(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=CALLS)
    text = CALL_LOG.replace("x2,15552,2026-01-05T10:02:00Z", "x2,15552,")
    record = home.take("calls_a.csv", text, source="did")
    assert home.findings() == [(3, "started_at", "missing_value", None)]
    assert (record.records_accepted, record.records_quarantined, record.is_balanced) == (2, 1, True)


def test_a_time_that_is_no_time_costs_the_record_and_is_told_once(tmp_path: Path) -> None:
    pattern = "{column: End, time_format: '%Y-%m-%dT%H:%M:%SZ'}"
    home = LandHome(tmp_path, sources=CALLS.replace("occurred_at: End", f"occurred_at: {pattern}"))
    rule = CALL_LOG.replace("2026-01-05T10:01:50Z,answered", "soon,answered")
    record = home.take("calls_a.csv", rule, source="did")
    assert home.findings() == [(2, "End", "not_a_time", "form xxxx")]
    assert {row[2] for row in events_of(home)} == {"x2", "x3"}
    assert (record.records_accepted, record.records_quarantined, record.is_balanced) == (2, 1, True)


def test_what_stands_for_nothing_is_nothing(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=CALLS + "  empty: ['--', '0000-00-00']\n")
    text = CALL_LOG.replace(",,2026-01-05T10:03:10Z,missed,", ",0000-00-00,2026-01-05T10:03:10Z,missed,--")
    home.take("calls_a.csv", text, source="did")
    assert [row[3] for row in events_of(home)][-2:] == ["queued", "abandoned"]
    assert home.findings() == []


def test_a_text_stands_for_nothing_in_one_column_only(tmp_path: Path) -> None:
    sources = CALLS.replace("occurred_at: Connect", "occurred_at: {column: Connect, empty: '0'}")
    home = LandHome(tmp_path, sources=sources)
    text = CALL_LOG.replace("x3,15553,2026-01-05T10:03:00Z,,", "0,15553,2026-01-05T10:03:00Z,0,")
    home.take("calls_a.csv", text, source="did")
    # The call's id is 0 as well, which is an id; its `ended` has a condition of its own on the same column.
    assert home.column("contacts", "contact_id") == ["x1", "x2", "0"]
    assert [row[3] for row in events_of(home) if row[2] == "0"] == ["queued", "abandoned", "ended"]


def test_a_contact_record_of_nested_json_gives_its_whole_story(tmp_path: Path) -> None:
    sources = """
- name: connect
  kind: files
  channel: voice
  time_zone: America/New_York
  mapping:
    - files: ctr*
      format: jsonl
      feeds:
        contact_events:
          - {contact_id: Id, occurred_at: /Queue/Enqueue, event_type: {constant: queued}, queue_id: /Queue/Name}
          - {contact_id: Id, occurred_at: /Agent/Connected, event_type: {constant: connected}, agent_id: /Agent/Name,
             wait_seconds: /Queue/Duration, talk_seconds: /Agent/Talk}
          - where: {/Agent/Name: ''}
            columns: {contact_id: Id, occurred_at: /Queue/Dequeue, event_type: {constant: abandoned},
                      wait_seconds: /Queue/Duration}
          - {contact_id: Id, occurred_at: /Agent/WrapUpStart, event_type: {constant: wrap_up_started}}
"""
    queue = {"Name": "Billing", "Enqueue": "2026-01-05T15:00:00Z", "Dequeue": "2026-01-05T15:00:12Z", "Duration": 12}
    agent = {
        "Name": "kim", "Connected": "2026-01-05T15:00:12Z", "Talk": 240, "WrapUpStart": "2026-01-05T15:05:12Z"
    }  # fmt: skip
    lines = [{"Id": "c1", "Queue": queue, "Agent": agent}, {"Id": "c2", "Queue": queue, "Agent": None}]
    home = LandHome(tmp_path, sources=sources)
    record = home.take("ctr-1", "\n".join(map(json.dumps, lines)), source="connect")
    assert [(row[2], row[3], row[4]) for row in events_of(home)] == [
        ("c1", "queued", "15:00:00"),
        ("c1", "connected", "15:00:12"),
        ("c1", "wrap_up_started", "15:05:12"),
        ("c2", "queued", "15:00:00"),
        ("c2", "abandoned", "15:00:12"),
    ]
    assert (record.records_accepted, record.is_balanced) == (2, True)


def test_rows_of_one_record_that_would_replace_each_other_stop_at_centre_yaml(tmp_path: Path) -> None:
    named = CALLS.replace("- {contact_id: Call ID", "- {event_id: Call ID, contact_id: Call ID")
    with pytest.raises(
        CentreError, match="rules 1 and 2 of feed contact_events name their rows by the same `event_id`"
    ):
        _ = LandHome(tmp_path, sources=named).centre


def test_rules_that_never_meet_in_one_record_may_name_their_rows_alike(tmp_path: Path) -> None:
    rating = "rating_id: Call ID, contact_id: Call ID, invited_at: Start"
    rules = f"""
        ratings:
          - where: {{Status: answered}}
            columns: {{{rating}, stars: {{constant: 5}}}}
          - where: {{Status: missed}}
            columns: {{{rating}}}
"""
    home = LandHome(tmp_path, sources=CALLS.split("        contact_events:")[0] + rules.lstrip("\n"))
    _ = home.centre


def test_bad_words_in_a_condition_are_told(tmp_path: Path) -> None:
    with pytest.raises(CentreError, match="mapping"):
        _ = LandHome(tmp_path, sources=CALLS.replace("{filled: true}", "{full: true}")).centre
