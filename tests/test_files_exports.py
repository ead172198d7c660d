"""Exports as systems and offices write them, each from its file to accepted rows by mapping alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.land_home import LandHome


def source(mapping: str, zone: str, **settings: str) -> str:
    """A source `s` with the rules of a mapping, given as YAML."""
    rules = "\n".join(f"    {line}" for line in mapping.strip("\n").splitlines())
    more = "".join(f"\n  {name}: {value}" for name, value in settings.items())
    return f"- name: s\n  kind: files\n  channel: voice\n  time_zone: {zone}{more}\n  mapping:\n{rules}"


def take(home: LandHome, name: str, text: str, encoding: str = "utf-8") -> None:
    record = home.take(name, text.encode(encoding), source="s")
    assert (record.state, record.is_balanced) == ("taken", True)


def rows(home: LandHome, feed: str, *columns: str) -> list[tuple[object, ...]]:
    """Rows in order of file and record; instants as clock times in UTC, lengths of time as numbers."""
    found = home.rows(feed)
    return [
        tuple(
            f"{cell:%m-%d %H:%M:%S}" if hasattr(cell, "hour") else float(cell) if hasattr(cell, "quantize") else cell
            for cell in row
        )
        for row in found.select(columns).rows()
    ]


DURATIONS = """
- files: '{files}'
  feeds:
    contact_events:
      contact_id: Call
      customer_id: Caller
      direction: {{constant: inbound}}
      occurred_at: {{column: Answered, time_format: '%d/%m/%Y %H:%M:%S'}}
      event_type: {{constant: connected}}
      agent_id: Agent
      wait_seconds: {{column: Wait, {form}}}
      talk_seconds: {{column: Talk, {form}}}
"""


def test_clock_texts_and_signs_of_thousands_become_seconds(tmp_path: Path) -> None:
    clock = DURATIONS.format(files="a*.csv", form="duration: 'HH:MM:SS'")
    comma = DURATIONS.format(files="c*.csv", form="number: {thousands: ','}")
    home = LandHome(tmp_path, sources=source(clock + comma, "Asia/Kolkata"))
    header = "Call,Caller,Agent,Answered,Wait,Talk\n"
    take(
        home,
        "a_20260105.csv",
        header + "a1,9100000001,ravi,05/01/2026 10:00:12,00:00:12,00:01:15\n"
        "a2,9100000002,ravi,05/01/2026 10:10:08,00:00:08,1:02:03\na3,9100000003,mina,05/01/2026 10:20:05,0:05,12:05\n",
    )
    take(
        home,
        "c_20260105.csv",
        header + 'c1,9100000004,ravi,05/01/2026 11:00:12,12,75\nc2,9100000005,ravi,05/01/2026 12:10:08,8,"1,075"\n'
        'c3,9100000006,mina,05/01/2026 12:20:05,"5,5",60\n',
    )
    assert rows(home, "contact_events", "contact_id", "wait_seconds", "talk_seconds", "occurred_at") == [
        ("a1", 12, 75, "01-05 04:30:12"),
        ("a2", 8, 3723, "01-05 04:40:08"),
        ("a3", 5, 725, "01-05 04:50:05"),
        ("c1", 12, 75, "01-05 05:30:12"),
        ("c2", 8, 1075, "01-05 06:40:08"),
    ]
    # A decimal comma among commas of thousands is a mistake of the export, and never 55 seconds.
    assert [found[:3] for found in home.findings()] == [(4, "Wait", "not_a_number")]


EUROPEAN = """
- files: 'd*.csv'
  delimiter: ';'
  feeds:
    contact_events:
      contact_id: Vorgang
      customer_id: Rufnummer
      direction: {constant: inbound}
      occurred_at: {key: [Datum, Uhrzeit], separator: ' ', time_format: '%d.%m.%Y %H:%M'}
      event_type: {constant: connected}
      agent_id: Bearbeiter
- files: '*'
  format: csv
  delimiter: DELIMITER
  feeds:
    contact_events:
      contact_id: Vorgang
      customer_id: Rufnummer
      direction: {constant: inbound}
      occurred_at: {column: Angenommen, time_format: '%d.%m.%Y %H:%M'}
      event_type: {constant: connected}
      agent_id: Bearbeiter
      talk_seconds: {column: Dauer, number: {decimal: ','}, multiply: 60}
"""
EUROPEAN_TABLE = (
    "Vorgang;Rufnummer;Bearbeiter;Angenommen;Dauer\r\na1;030 1;Müller;05.01.2026 10:00;1,5\r\n"
    "a2;030 2;Müller;05.01.2026 10:10;2\r\n"
)


@pytest.mark.parametrize(
    ("encoding", "delimiter", "above"), [("cp1252", ";", ""), ("cp1252", ";", "sep=;\r\n"), ("utf-16", "\t", "")]
)
def test_a_table_of_a_european_spreadsheet_is_read(tmp_path: Path, encoding: str, delimiter: str, above: str) -> None:
    mapping = EUROPEAN.replace("DELIMITER", '"\\t"' if delimiter == "\t" else "';'")
    home = LandHome(tmp_path, sources=source(mapping, "Europe/Berlin", encoding=encoding))
    take(home, "table.txt", above + EUROPEAN_TABLE.replace(";", delimiter), encoding)
    assert rows(home, "contact_events", "contact_id", "agent_id", "occurred_at", "talk_seconds") == [
        ("a1", "Müller", "01-05 09:00:00", 90),
        ("a2", "Müller", "01-05 09:10:00", 120),
    ]
    assert home.findings() == []


def test_date_and_clock_of_a_european_spreadsheet_stand_in_two_columns(tmp_path: Path) -> None:
    mapping = EUROPEAN.replace("DELIMITER", "';'")
    home = LandHome(tmp_path, sources=source(mapping, "Europe/Berlin", encoding="cp1252"))
    text = "Vorgang;Rufnummer;Bearbeiter;Datum;Uhrzeit\r\nd1;030 6;Müller;05.01.2026;13:00\r\n"
    take(home, "d_jan.csv", text, "cp1252")
    assert rows(home, "contact_events", "agent_id", "occurred_at") == [("Müller", "01-05 12:00:00")]


CHINESE = """
- files: '会话c*'
  feeds:
    contacts:
      contact_id: 会话ID
      customer_id: 客户手机
      direction: {constant: inbound}
      started_at: {column: 开始时间, time_format: '%Y年%m月%d日 %p%I:%M:%S'}
- files: '会话*'
  header: {contains: [会话ID, 开始时间]}
  empty: '--'
  feeds:
    contacts:
      contact_id: 会话ID
      customer_id: 客户手机
      direction: {constant: inbound}
      started_at: {column: 开始时间, time_format: '%Y/%m/%d %H:%M'}
      ended_at: {column: 结束时间, time_format: '%Y/%m/%d %H:%M'}
    contact_events:
      contact_id: 会话ID
      occurred_at: {column: 接入时间, time_format: '%Y/%m/%d %H:%M'}
      event_type: {constant: connected}
      agent_id: 客服
    ratings:
      where: {满意度: {filled: true}}
      columns:
        contact_id: 会话ID
        invited_at: {column: 结束时间, time_format: '%Y/%m/%d %H:%M'}
        rated_at: {column: 结束时间, time_format: '%Y/%m/%d %H:%M'}
        stars: {column: 满意度, values: {非常满意: 5, 满意: 4, 一般: 3, 不满意: 2, 非常不满意: 1}}
"""
SESSIONS = "会话ID,客户手机,渠道,开始时间,接入时间,结束时间,客服,满意度\n"


@pytest.fixture
def chinese(tmp_path: Path) -> LandHome:
    return LandHome(tmp_path, sources=source(CHINESE, "Asia/Shanghai", encoding="gb18030"))


def test_sessions_that_nobody_picked_up_or_ended_are_kept(chinese: LandHome) -> None:
    text = (
        SESSIONS + "S1,13800000001\t,APP,2026/1/5 9:03,2026/1/5 9:04,2026/1/5 9:13,张三,非常满意\n"
        "S2,13800000002\t,APP,2026/1/5 9:10,2026/1/5 9:11,2026/1/5 9:30,李四,不满意\n"
        "S3,13800000003\t,APP,2026/1/5 9:20,--,2026/1/5 9:25,--,--\n"
        "S4,13800000004\t,APP,2026/1/5 23:50,2026/1/5 23:51,--,张三,--\n"
    )
    take(chinese, "会话a.csv", text, "gb18030")
    assert rows(chinese, "contacts", "contact_id", "started_at", "ended_at") == [
        ("S1", "01-05 01:03:00", "01-05 01:13:00"),
        ("S2", "01-05 01:10:00", "01-05 01:30:00"),
        ("S3", "01-05 01:20:00", "01-05 01:25:00"),
        ("S4", "01-05 15:50:00", None),
    ]
    assert rows(chinese, "contact_events", "contact_id", "agent_id") == [("S1", "张三"), ("S2", "李四"), ("S4", "张三")]
    assert rows(chinese, "ratings", "contact_id", "stars") == [("S1", 5), ("S2", 2)]
    assert chinese.findings() == []


def test_a_title_above_and_a_total_below_are_no_sessions(chinese: LandHome) -> None:
    text = (
        "会话明细表（2026-01-05 至 2026-01-05）,,,,,,,\n" + SESSIONS + "S5,13800000005\t,APP,2026/1/5 10:03,"
        "2026/1/5 10:04,2026/1/5 10:13,张三,满意\n合计,1,,,,,,\n"
    )
    take(chinese, "会话b.csv", text, "gb18030")
    assert rows(chinese, "contacts", "contact_id", "started_at") == [("S5", "01-05 02:03:00")]
    assert [found[:3] for found in chinese.findings()] == [(4, "started_at", "missing_value")]


def test_a_chinese_clock_of_twelve_hours_is_read(chinese: LandHome) -> None:
    take(chinese, "会话c.csv", "会话ID,客户手机,开始时间\nS6,13800000006,2026年1月5日 下午3:03:00\n", "gb18030")
    assert rows(chinese, "contacts", "contact_id", "started_at") == [("S6", "01-05 07:03:00")]


CALLS = """
- files: 'calls*.csv'
  feeds:
    contacts:
      contact_id: Call ID
      customer_id: Source Number
      direction: {constant: inbound}
      started_at: Start
      ended_at: End
    contact_events:
      - {contact_id: Call ID, occurred_at: Start, event_type: {constant: queued}}
      - contact_id: Call ID
        occurred_at: Connect
        event_type: {constant: connected}
        agent_id: Agent
        wait_seconds: {duration_from: [Start, Connect]}
        talk_seconds: {duration_from: [Connect, End]}
      - where: {Connect: {filled: false}}
        columns:
          contact_id: Call ID
          occurred_at: End
          event_type: {constant: abandoned}
          wait_seconds: {duration_from: [Start, End]}
"""


def test_one_line_a_call_tells_who_waited_how_long_and_who_gave_up(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=source(CALLS, "UTC"))
    take(
        home,
        "calls_a.csv",
        "Call ID,Source Number,Start,Connect,End,Status,Agent\n"
        "x1,15551,2026-01-05T10:01:00Z,2026-01-05T10:01:10Z,2026-01-05T10:01:50Z,answered,ann\n"
        "x2,15552,2026-01-05T10:02:00Z,2026-01-05T10:02:05Z,2026-01-05T10:02:59Z,answered,bob\n"
        "x3,15553,2026-01-05T10:03:00Z,,2026-01-05T10:03:10Z,missed,\n"
        "x4,15554,2026-01-05T10:04:00Z,,2026-01-05T10:04:20Z,missed,\n"
        "x5,15555,2026-01-05T10:05:00Z,,2026-01-05T10:05:30Z,missed,\n",
    )
    assert len(home.rows("contacts")) == 5
    found = rows(home, "contact_events", "contact_id", "event_type", "wait_seconds", "talk_seconds")
    assert [row for row in found if row[1] != "queued"] == [
        ("x1", "connected", 10, 40),
        ("x2", "connected", 5, 54),
        ("x3", "abandoned", 10, None),
        ("x4", "abandoned", 20, None),
        ("x5", "abandoned", 30, None),
    ]
    assert home.findings() == []


RAILS = """
- files: '*.csv'
  feeds:
    contacts:
      contact_id: id
      direction: {constant: inbound}
      started_at: {column: created_at, time_format: '%Y-%m-%d %H:%M:%S %Z'}
"""


def test_a_zone_that_stands_behind_the_time_counts(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=source(RAILS, "America/New_York"))
    take(home, "a.csv", "id,created_at\nr1,2026-01-06 02:30:00 UTC\nr2,2026-01-06 02:30:00 EST\n")
    assert rows(home, "contacts", "contact_id", "started_at") == [("r1", "01-06 02:30:00")]
    assert [found[:3] for found in home.findings()] == [(3, "created_at", "not_a_time")]


def test_an_hour_without_minutes_is_an_instant(tmp_path: Path) -> None:
    mapping = RAILS.replace("%Y-%m-%d %H:%M:%S %Z", "%m/%d/%Y %I %p")
    home = LandHome(tmp_path, sources=source(mapping, "America/New_York"))
    take(home, "a.csv", "id,created_at\nr1,1/5/2026 3 PM\n")
    assert rows(home, "contacts", "started_at") == [("01-05 20:00:00",)]


STATES = """
- files: '*.csv'
  version: id
  feeds:
    agent_states:
      where: {event: [PAUSE, UNPAUSE]}
      columns: {agent_id: agent, started_at: time, state: {column: event, values: {PAUSE: away, UNPAUSE: ready}}}
"""


def test_states_of_one_second_are_in_the_order_of_their_ids(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=source(STATES, "America/Sao_Paulo"))
    text = "id,time,agent,event\n12,2026-01-05 09:30:00,201,UNPAUSE\n11,2026-01-05 09:30:00,201,PAUSE\n"
    take(home, "queue_log.csv", text)
    # The warehouse keeps the row of the greatest version: ready.
    assert rows(home, "agent_states", "state", "record_version") == [("ready", 12), ("away", 11)]
