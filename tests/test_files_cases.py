"""Fields of which one of several cases counts, what a value has to look like, and ids with the name of their system."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.centre import CentreError
from tests.support.land_home import LandHome

MESSAGES = """
- name: desk
  kind: files
  channel: web
  time_zone: UTC
  mapping:
    - files: messages*.csv
      feeds:
        messages:
          where: {kind: {matches: '^(in|out)'}}
          columns:
            message_id: {column: id, prefix: desk-}
            contact_id: chat
            sent_at: at
            sender:
              cases:
                - {constant: bot, when: {by: {matches: '^Bot'}}}
                - {column: kind, values: {incoming: customer, outgoing: agent}}
            is_manual:
              cases:
                - {constant: false, when: {more: {matches: '"rule_id":'}}}
                - {constant: true}
            length: {cases: [{column: length}, {column: size, number: {thousands: ','}}]}
"""
HEADER = "id,chat,at,kind,by,more,length,size\n"
AT = "2026-01-05T10:00:00Z"


@pytest.fixture
def home(tmp_path: Path) -> LandHome:
    return LandHome(tmp_path, sources=MESSAGES)


def test_the_first_case_that_gives_something_counts(home: LandHome) -> None:
    record = home.take(
        "messages.csv",
        f"{HEADER}1,c,{AT},incoming,,,5,\n"
        f'2,c,{AT},outgoing,Bot7,,,"1,200"\n'
        f'3,c,{AT},outgoing,ann,"{{""rule_id"":3}}",7,"9,000"\n'
        f"4,c,{AT},note,ann,,1,\n",
        source="desk",
    )
    rows = home.rows("messages").select("message_id", "sender", "is_manual", "length").rows()
    assert rows == [
        ("desk-1", "customer", True, 5),
        ("desk-2", "bot", True, 1200),
        ("desk-3", "agent", False, 7),
    ]
    assert (record.records_accepted, record.ignored_by_kind, record.is_balanced) == (3, {"no_feed": 1}, True)


def test_a_case_that_is_not_reached_loses_nothing_and_one_that_is_costs_its_record(home: LandHome) -> None:
    home.take("messages.csv", f"{HEADER}1,c,{AT},incoming,,,5,abc\n2,c,{AT},incoming,,,,abc\n", source="desk")
    assert home.column("messages", "message_id") == ["desk-1"]
    assert [(line, field, check) for line, field, check, _ in home.findings()] == [(3, "size", "not_a_number")]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("length: {cases: [{column: a}, {constant: 1}, {column: b}]}", "case 2 is a constant without `when`"),
        ("length: {cases: [{column: a, split: ';'}, {column: b}]}", "`split` gives rows"),
        ("length: {column: a, prefix: x-}", "`length` is no id; `prefix`"),
        ("length: {column: a, when: {b: {matches: '('}}}", "is no regular expression"),
        ("length: {cases: [{column: a}, {column: b, time_format: '%d.%m.%Y'}]}", "`time_format` does not belong"),
    ],
)
def test_what_can_not_work_is_refused_when_centre_yaml_is_read(tmp_path: Path, written: str, told: str) -> None:
    sources = MESSAGES[: MESSAGES.index("            length:")] + f"            {written}\n"
    with pytest.raises(CentreError, match=told.replace("(", r"\(")):
        _ = LandHome(tmp_path, sources=sources).centre


def test_what_has_none_of_some_values_is_meant_also_where_nothing_stands(tmp_path: Path) -> None:
    sources = MESSAGES.replace("{kind: {matches: '^(in|out)'}}", "{by: {none_of: [Bot7, ann]}}")
    home = LandHome(tmp_path, sources=sources)
    home.take("messages.csv", f"{HEADER}1,c,{AT},incoming,,,5,\n2,c,{AT},outgoing,Bot7,,5,\n", source="desk")
    assert home.column("messages", "message_id") == ["desk-1"]


def test_rules_of_one_key_are_apart_where_the_values_of_one_do_not_fit_the_pattern_of_the_other(tmp_path: Path) -> None:
    two = """
- name: desk
  kind: files
  mapping:
    - files: messages*.csv
      feeds:
        messages:
          - where: {kind: {matches: '^in'}}
            columns: &columns
              {message_id: id, contact_id: chat, sent_at: at, sender: {constant: customer}, is_manual: {constant: true}}
          - {where: {kind: [KIND]}, columns: *columns}
"""
    assert LandHome(tmp_path, sources=two.replace("KIND", "out, note")).centre.sources
    apart = two.replace("{matches: '^in'}", "{none_of: [a, b]}")
    assert LandHome(tmp_path, sources=apart.replace("KIND", "a")).centre.sources
    for same in (two.replace("KIND", "out, incoming"), apart.replace("KIND", "a, c")):
        with pytest.raises(CentreError, match="name their rows by the same `message_id`"):
            _ = LandHome(tmp_path, sources=same).centre


CALLS = """
- name: desk
  kind: files
  channel: voice
  time_zone: UTC
  mapping:
    - files: calls*.csv
      feeds:
        contacts:
          where: {leg: {same_as: call}}
          columns: {contact_id: call, started_at: at, direction: {constant: inbound}}
        contact_events:
          - where: {leg: {same_as: call}}
            columns: &columns
              event_id: {column: id, optional: true}
              contact_id: call
              occurred_at: at
              event_type: {constant: queued}
          - where: {leg: {differs_from: call}}
            columns:
              event_id: {column: id, optional: true}
              contact_id: call
              # Seconds of all, less those that were spoken.
              occurred_at: {minus: [{plus: [at, whole]}, spoken]}
              event_type: {constant: connected}
"""


def test_columns_are_held_against_each_other_and_reckoned_step_by_step(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=CALLS)
    home.take("calls.csv", f"call,leg,at,whole,spoken\nc,c,{AT},,\nc,d,{AT},70,60\n", source="desk")
    events = home.rows("contact_events").select("event_type", "event_id").rows()
    assert events == [("queued", None), ("connected", None)]
    assert [str(at) for at in home.column("contact_events", "occurred_at")] == [
        "2026-01-05 10:00:00+00:00",
        "2026-01-05 10:00:10+00:00",
    ]
    assert home.column("contacts", "contact_id") == ["c"]


def test_an_optional_column_is_read_where_it_is_there_and_another_is_still_missed(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=CALLS)
    home.take("calls_1.csv", f"id,call,leg,at,whole,spoken\n7,c,c,{AT},,\n", source="desk")
    failed = home.take("calls_2.csv", f"id,call,leg,at,whole\n7,c,c,{AT},\n", source="desk")
    assert home.column("contact_events", "event_id") == ["7"]
    assert (failed.state, "spoken" in (failed.message or "")) == ("failed", True)


def test_a_time_that_is_none_in_a_step_of_it_costs_its_record(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=CALLS)
    home.take("calls.csv", f"call,leg,at,whole,spoken\nc,d,soon,70,60\nc,e,{AT},long,60\n", source="desk")
    assert {(line, field, check) for line, field, check, _ in home.findings()} == {
        (2, "at", "not_a_time"),
        (3, "whole", "not_a_number"),
    }


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{leg: {same_as: call, differs_from: call}}", "with one other"),
        ("{leg: {none_of: []}}", "at least 1 item"),
        ("{leg: {differs_from: other}}", "name their rows by the same `event_id`"),
    ],
)
def test_a_comparison_that_can_not_be_is_refused(tmp_path: Path, written: str, told: str) -> None:
    with pytest.raises(CentreError, match=told):
        _ = LandHome(tmp_path, sources=CALLS.replace("{leg: {differs_from: call}}", written)).centre
