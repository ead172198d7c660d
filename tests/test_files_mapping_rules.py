"""Foreign files by a mapping in centre.yaml: every form of a rule, from file to accepted row."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.centre import CentreError
from tests.support.land_home import LandHome

CHATS = """
- name: chats
  kind: files
  channel: other
  time_zone: UTC
  mapping:
    - files: messages*.csv
      feeds:
        messages:
          message_id: {key: [conversation_id, seq]}
          contact_id: conversation_id
          sent_at: datetime
          sender: {column: sender_type, values: {client: customer, client_other: customer, agent: agent}}
          agent_id: {column: author_id, when: {sender_type: agent}}
          is_manual: {constant: true}
          length: text_len
    - files: conversations.csv
      feeds:
        contacts:
          contact_id: conversation_id
          customer_id: client_id
          direction: {constant: inbound}
          queue_id: company
          started_at: conversation_start
"""
CHAT_MESSAGES = """conversation_id,seq,datetime,sender_type,author_id,text_len
S1,1,2020-04-01T17:31:32.000Z,client,C9,254
S1,2,2020-04-01T18:58:27.000Z,agent,Brand,356
S1,3,2020-04-01T19:00:00.000Z,client_other,C8,12
"""
CHAT_CONVERSATIONS = """conversation_id,split,company,client_id,conversation_start,published_duration
S1,dev,Brand,C9,2020-04-01T17:31:32Z,01:26:55.0
"""


def one_rule(rule: str, **source: str) -> str:
    """A source `crm` with one rule, given as YAML."""
    indented = "\n".join(f"      {line}" for line in rule.strip("\n").splitlines())
    settings = "".join(f"\n  {key}: {value}" for key, value in source.items())
    return f"- name: crm\n  kind: files{settings}\n  mapping:\n    -{indented[5:]}"


@pytest.fixture
def chats(tmp_path: Path) -> LandHome:
    return LandHome(tmp_path, sources=CHATS)


def test_the_support_chats_are_expressed_by_mapping_alone(chats: LandHome) -> None:
    chats.take("messages.csv", CHAT_MESSAGES, source="chats")
    rows = chats.rows("messages")
    assert rows.select("message_id", "contact_id", "sender", "agent_id", "is_manual", "length").rows() == [
        ("S1-1", "S1", "customer", None, True, 254),
        ("S1-2", "S1", "agent", "Brand", True, 356),
        ("S1-3", "S1", "customer", None, True, 12),
    ]
    chats.take("conversations.csv", CHAT_CONVERSATIONS, source="chats")
    contact = chats.rows("contacts").select("contact_id", "queue_id", "channel", "direction", "is_identified").rows()
    assert contact == [("S1", "Brand", "other", "inbound", True)]


def test_a_value_that_the_map_does_not_list_is_told_with_its_column(chats: LandHome) -> None:
    record = chats.take("messages.csv", CHAT_MESSAGES.replace(",client,", ",robot,"), source="chats")
    assert chats.findings() == [(2, "sender_type", "unmapped_value", "form xxxxx")]
    assert "`values`" in chats.quarantine()[0]["remedy"]
    assert (record.records_accepted, record.records_quarantined) == (2, 1)


def test_a_renamed_column_fails_the_file_and_names_the_rule(chats: LandHome) -> None:
    record = chats.take("messages.csv", CHAT_MESSAGES.replace("author_id", "author"), source="chats")
    assert record.state == "failed"
    assert chats.findings() == [(1, "author_id", "missing_column", None)]
    assert "`messages*.csv`" in (record.message or "")


def test_a_header_may_repeat_what_nobody_reads(chats: LandHome) -> None:
    # Issue trackers write a column per value: Comment, Comment, Labels, Labels.
    header, *lines = CHAT_MESSAGES.splitlines()
    text = "\n".join([f"{header},Labels,Labels", *(f"{line},a,b" for line in lines)]) + "\n"
    assert chats.take("messages.csv", text, source="chats").records_accepted == 3
    assert chats.findings() == []


def test_a_column_that_is_read_and_repeated_fails_the_file(chats: LandHome) -> None:
    text = CHAT_MESSAGES.replace("text_len\n", "seq\n").replace("datetime,", "datetime,text_len,", 1)
    record = chats.take("messages.csv", text, source="chats")
    assert (record.state, chats.findings()) == ("failed", [(1, "seq", "duplicate_column", None)])


def test_a_file_that_no_rule_fits_fails_with_the_rules_there_are(chats: LandHome) -> None:
    record = chats.take("notes.csv", CHAT_MESSAGES, source="chats")
    assert record.state == "failed"
    assert chats.findings() == [(None, None, "no_rule", None)]
    assert "messages*.csv, conversations.csv" in (record.message or "")


def test_a_wrong_delimiter_is_recognised_and_a_declared_one_is_used(tmp_path: Path) -> None:
    rule = """
files: teams.txt
feeds:
  teams: {team_id: Nr, name: Bezeichnung, valid_from: Ab}
"""
    home = LandHome(tmp_path, sources=one_rule(rule))
    text = "Nr;Bezeichnung;Ab\n7;Nord, Süd;2026-01-01\n"
    record = home.take("teams.txt", text, source="crm")
    assert record.state == "failed"
    assert 'delimiter: ";"' in (record.message or "")
    home.sources = one_rule(rule + 'delimiter: ";"')
    home.take_all()
    assert home.rows("teams").select("team_id", "name").rows() == [("7", "Nord, Süd")]


def test_one_file_gives_several_feeds_and_records_of_none_are_counted(tmp_path: Path) -> None:
    rule = """
files: "export*.jsonl"
feeds:
  contacts:
    where: {type: chat_started}
    columns:
      contact_id: /chat/id
      direction: {constant: inbound}
      started_at: at
  messages:
    where: {type: [said, answered]}
    columns:
      message_id: id
      contact_id: /chat/id
      sent_at: at
      sender: {column: type, values: {said: customer, answered: agent}}
      is_manual: {column: auto, values: {"true": false}, otherwise: true}
"""
    home = LandHome(tmp_path, sources=one_rule(rule, channel="web"))
    lines = [
        '{"type":"chat_started","id":1,"chat":{"id":77},"at":"2026-01-05T08:00:00Z"}',
        '{"type":"said","id":2,"chat":{"id":77},"at":"2026-01-05T08:00:01Z"}',
        '{"type":"answered","id":3,"chat":{"id":77},"at":"2026-01-05T08:00:02Z","auto":true}',
        '{"type":"ping","id":4,"at":"2026-01-05T08:00:03Z"}',
        '{"type":"ping","id":5,"at":"2026-01-05T08:00:03Z"}',
    ]
    record = home.take("export_1.jsonl", "\n".join(lines), source="crm")
    assert record.rows_by_feed == {"contacts": 1, "messages": 2}
    assert record.ignored_by_kind == {"no_feed": 2}
    assert record.is_balanced
    assert home.column("contacts", "contact_id") == ["77"]
    assert home.column("messages", "record_number") == [2, 3]
    assert home.column("messages", "is_manual") == [True, False]
    assert home.findings() == []


def test_a_record_with_several_rows_is_quarantined_as_a_whole(tmp_path: Path) -> None:
    rule = """
files: calls.csv
feeds:
  contacts: {contact_id: id, direction: {constant: inbound}, started_at: began}
  messages:
    message_id: id
    contact_id: id
    sent_at: answered
    sender: {constant: customer}
    is_manual: {constant: true}
"""
    home = LandHome(tmp_path, sources=one_rule(rule, channel="email"))
    text = "id,began,answered\n1,2026-01-05T08:00:00Z,2026-01-05T08:00:00Z\n2,2026-01-05T08:00:00Z,never\n"
    record = home.take("calls.csv", text, source="crm")
    assert home.column("contacts", "contact_id") == ["1"]
    assert home.column("messages", "message_id") == ["1"]
    assert (record.records_read, record.records_accepted, record.records_quarantined) == (2, 1, 1)


@pytest.mark.parametrize(
    ("time_format", "text", "instant"),
    [
        ("'%d/%m/%Y %H:%M:%S'", "05/01/2026 16:00:00", "2026-01-05 08:00:00+00:00"),
        ("'%Y%m%d%H%M%S%z'", "20260105160000+0900", "2026-01-05 07:00:00+00:00"),
        ("epoch_seconds", "1767600000.25", "2026-01-05 08:00:00.250000+00:00"),
        ("epoch_milliseconds", "1767600000250", "2026-01-05 08:00:00.250000+00:00"),
    ],
)
def test_foreign_times_are_read_by_their_form(tmp_path: Path, time_format: str, text: str, instant: str) -> None:
    rule = f"""
files: calls.csv
feeds:
  contacts:
    contact_id: id
    direction: {{constant: inbound}}
    started_at: {{column: began, time_format: {time_format}}}
"""
    home = LandHome(tmp_path, sources=one_rule(rule, channel="voice"))
    home.take("calls.csv", f"id,began\n1,{text}\n2,yesterday\n", source="crm")
    assert [str(started) for started in home.column("contacts", "started_at")] == [instant]
    assert (3, "began", "not_a_time", "form xxxxxxxxx") in home.findings()


def test_numbers_are_brought_to_the_unit_of_the_contract(tmp_path: Path) -> None:
    rule = """
files: events.csv
feeds:
  contact_events:
    contact_id: id
    occurred_at: at
    event_type: {constant: connected}
    wait_seconds: {column: wait_ms, multiply: 0.001}
"""
    home = LandHome(tmp_path, sources=one_rule(rule))
    rows = "id,at,wait_ms\n1,2026-01-05T08:00:00Z,12345\n2,2026-01-05T08:00:00Z,long\n3,2026-01-05T08:00:00Z,\n"
    home.take("events.csv", rows, source="crm")
    assert [str(wait) for wait in home.column("contact_events", "wait_seconds")] == ["12.345", "None"]
    assert home.findings() == [(3, "wait_ms", "not_a_number", "form xxxx")]


CDR = """
files: cdr*.log
format: csv
columns: [callid, duration, began, answered, ended, caller, agent]
feeds:
  contacts:
    contact_id: callid
    customer_id: caller
    direction: {constant: inbound}
    started_at: {column: began, time_format: '%Y/%m/%d %H:%M:%S'}
    ended_at: {column: ended, time_format: '%Y/%m/%d %H:%M:%S'}
"""


def test_a_file_without_a_header_is_read_by_the_columns_of_its_rule(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=one_rule(CDR, channel="voice", time_zone="Europe/Berlin"))
    lines = [
        "Call 1,00:01:15,2026/01/05 09:00:00,2026/01/05 09:00:12,2026/01/05 09:01:27,+491701234567,101",
        "Call 2,00:00:31,2026/01/05 09:10:00,,2026/01/05 09:10:31,+491701234568,",
        "Call 3,short",
    ]
    record = home.take("cdr_1.log", "\n".join(lines) + "\n", source="crm")
    assert home.column("contacts", "contact_id") == ["Call 1", "Call 2"]
    assert home.column("contacts", "line_number") == [1, 2]
    assert [str(ended) for ended in home.column("contacts", "ended_at")] == [
        "2026-01-05 08:01:27+00:00",
        "2026-01-05 08:10:31+00:00",
    ]
    assert (record.records_read, home.findings()) == (3, [(3, None, "short_line", "2 fields")])


def test_columns_name_whatever_the_feeds_read(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=one_rule(CDR.replace("began, answered", "started, answered"), channel="voice"))
    with pytest.raises(CentreError, match="`columns` does not name began"):
        _ = home.centre


def test_a_key_is_empty_if_one_of_its_columns_is(chats: LandHome) -> None:
    chats.take("messages.csv", CHAT_MESSAGES.replace("S1,2,", "S1,,"), source="chats")
    assert chats.findings() == [(3, "message_id", "missing_value", None)]


def test_text_columns_that_no_rule_reads_never_enter(chats: LandHome) -> None:
    header, *lines = CHAT_MESSAGES.splitlines()
    text = "\n".join([f"{header},text", *(f'{line},"my secret, told\nhere"' for line in lines)]) + "\n"
    record = chats.take("messages.csv", text, source="chats")
    assert record.records_accepted == 3
    for path in chats.root.rglob("*"):
        if path.is_file() and "landing" not in path.parts:
            assert b"secret" not in path.read_bytes()


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("files: a.csv\nfeeds:\n  massages: {contact_id: id}", "'massages' is no feed"),
        ("files: a.csv\nfeeds:\n  teams: {team: id}", "no column team"),
        ("files: a.csv\nfeeds:\n  teams: {team_id: id}", "needs name, valid_from"),
        ("files: a.csv\nencoding: utf-9\nfeeds:\n  teams: {team_id: id}", "'utf-9' is no text encoding"),
        ("files: a.csv\nfeeds:\n  teams: {team_id: {colum: id}, name: n, valid_from: v}", "colum"),
        ("files: a.csv\ndelimiter: '\"'\nfeeds:\n  teams: {team_id: i, name: n, valid_from: v}", "`delimiter`"),
        (
            "files: a.csv\nfeeds:\n  teams:\n    name: n\n    valid_from: v\n"
            "    team_id: {column: i, values: {a: b}, multiply: 2}",
            "keep one",
        ),
    ],
)
def test_a_mapping_that_cannot_work_stops_at_centre_yaml(tmp_path: Path, rule: str, told: str) -> None:
    home = LandHome(tmp_path, sources=one_rule(rule))
    with pytest.raises(CentreError, match="mapping") as caught:
        _ = home.centre
    assert told in str(caught.value)


def test_a_changed_mapping_takes_the_file_again(chats: LandHome) -> None:
    chats.drop("messages.csv", CHAT_MESSAGES, source="chats")
    chats.take_all()
    chats.sources = CHATS.replace("length: text_len", "length: {constant: 1}")
    chats.take_all()
    assert chats.column("messages", "length") == [1, 1, 1]
