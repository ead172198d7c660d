"""JSON Lines with oddities: what nobody reads costs nothing, what is read is told, and so is an absent key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.land_home import LandHome

CHAT = """
- name: chat
  kind: files
  channel: app
  mapping:
    - files: 'msgs*.jsonl'
      feeds:
        messages:
          message_id: id
          contact_id: conv
          sent_at: at
          sender: {column: by, values: {user: customer, staff: agent}}
          agent_id: {column: author, when: {by: staff}}
          is_manual: {constant: true}
    - files: 'rooms*.json'
      feeds:
        contacts:
          contact_id: _id
          customer_id: /v/token
          direction: {constant: inbound}
          started_at: {column: /ts/$date, time_format: '%Y-%m-%dT%H:%M:%S%.fZ'}
          ended_at: closed_at
"""
ROOM = '{"_id": "r1", "v": {"token": "t1"}, "ts": {"$date": "2026-01-06T08:00:00.5Z"}'


@pytest.fixture
def home(tmp_path: Path) -> LandHome:
    return LandHome(tmp_path, sources=CHAT)


def message(number: int, text: str = '"hi"', **changed: str) -> str:
    said = {"id": f"m{number}", "conv": "c1", "at": f"2026-01-06T08:00:{number:02d}Z", "by": "user", "author": "u1"}
    return json.dumps(said | changed)[:-1] + f', "text": {text}}}\n'


@pytest.mark.parametrize(
    "text",
    [r'"cut in the middle \ud83d"', r'"\udc00 the other half"', "NaN", "-Infinity", '"a\ttab"', "9" * 5000],
    ids=["first half", "second half", "nan", "infinity", "tab", "digits"],
)
def test_an_oddity_in_a_field_that_nobody_reads_costs_nothing(home: LandHome, text: str) -> None:
    record = home.take("msgs.jsonl", message(1) + message(2, text) + message(3), source="chat")
    assert home.column("messages", "message_id") == ["m1", "m2", "m3"]
    assert home.column("messages", "line_number") == [1, 2, 3]
    assert (record.records_read, record.records_quarantined, home.findings()) == (3, 0, [])


def test_half_a_character_in_a_field_that_is_read_is_told(home: LandHome) -> None:
    cut = message(2).replace('"c1"', r'"c\ud83d"')
    home.take("msgs.jsonl", message(1) + cut, source="chat")
    assert home.column("messages", "message_id") == ["m1"]
    assert home.findings() == [(2, "conv", "encoding", None)]


def test_a_whole_emoji_beside_half_a_one_stays_as_it_is(home: LandHome) -> None:
    odd = message(1, r'"cut \ud83d"').replace('"c1"', r'"c\ud83d\ude00"')
    home.take("msgs.jsonl", odd, source="chat")
    assert home.column("messages", "contact_id") == ["c\U0001f600"]


@pytest.mark.parametrize("line", ["{" * 100_000, '{"id":' * 50_000, "[" * 400_000 + "]" * 400_000, '{"id": "m2"'])
def test_a_line_that_is_deep_or_broken_costs_that_line(home: LandHome, line: str) -> None:
    home.take("msgs.jsonl", message(1) + line + "\n" + message(3), source="chat")
    assert home.column("messages", "message_id") == ["m1", "m3"]
    assert [found[0] for found in home.findings()] == [2]


def test_a_key_in_another_spelling_fails_the_file(home: LandHome) -> None:
    # Rocket.Chat writes closedAt: read as closed_at, every room would be open.
    record = home.take("rooms.json", ROOM + ', "closedAt": "2026-01-06T09:00:00Z"}\n', source="chat")
    assert record.state == "failed"
    assert home.findings() == [(1, "closed_at", "missing_column", None)]
    assert "`rooms*.json`" in (record.message or "")


def test_a_key_that_no_record_has_is_told_and_the_rest_is_read(home: LandHome) -> None:
    record = home.take("rooms.json", ROOM + "}\n", source="chat")
    assert [str(started) for started in home.column("contacts", "started_at")] == ["2026-01-06 08:00:00.500000+00:00"]
    assert home.findings() == [(None, "closed_at", "absent_key", None)]
    assert "No record of the file has `closed_at`" in (record.message or "")


def test_a_key_that_some_record_has_is_not_told(home: LandHome) -> None:
    closed = ROOM.replace("r1", "r2") + ', "closed_at": "2026-01-06T09:00:00Z"}\n'
    home.take("rooms.json", ROOM + "}\n" + closed, source="chat")
    assert home.findings() == []
