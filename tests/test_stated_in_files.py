"""What call records of other systems state, and what they do not, through the door to the published KPIs.

Each source is a log as another system writes it and has a channel of its own, so that the channel's values are its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.home.paths import CHECKOUT, Home
from orchestration.run.run import run

pytestmark = pytest.mark.slow

CENTRE_YAML = """
name: Logs of others
time_zone: UTC
sources:
  # A row per extension that was dialled: nobody says how long the caller waited.
  - name: exchange
    kind: files
    channel: voice
    mapping:
      - files: cdr*.csv
        feeds:
          contacts: {contact_id: linkedid, customer_id: src, direction: {constant: inbound}, started_at: calldate}
          contact_events:
            event_id: uniqueid
            contact_id: linkedid
            occurred_at: calldate
            event_type: {column: disposition, values: {ANSWERED: connected, NO ANSWER: abandoned}}
            agent_id: {column: dst, when: {disposition: ANSWERED}}
            talk_seconds: {column: billsec, when: {disposition: ANSWERED}}
  # A row per answered call with wait and talk in seconds, both on the one event that it gives.
  - name: calls
    kind: files
    channel: other
    mapping:
      - files: calls*.csv
        feeds:
          contact_events:
            contact_id: Call
            direction: {constant: inbound}
            occurred_at: Answered
            event_type: {constant: connected}
            agent_id: Agent
            wait_seconds: Wait
            talk_seconds: Talk
  # A nested record per call, answered or not.
  - name: cloud
    kind: files
    channel: email
    mapping:
      - files: 'ctr*'
        format: jsonl
        feeds:
          contacts:
            contact_id: ContactId
            direction: {constant: inbound}
            started_at: InitiationTimestamp
            ended_at: DisconnectTimestamp
          contact_events:
            contact_id: ContactId
            occurred_at: /Queue/DequeueTimestamp
            event_type: {column: /Agent/Username, values: {'': abandoned}, otherwise: connected}
            agent_id: /Agent/Username
            queue_id: /Queue/Name
            wait_seconds: /Queue/Duration
            talk_seconds: /Agent/AgentInteractionDuration
  # A list kept by hand: when it was answered, by whom, for how many minutes.
  - name: sheet
    kind: files
    channel: weibo
    mapping:
      - files: '*.csv'
        encoding: cp1252
        delimiter: ';'
        feeds:
          contact_events:
            contact_id: Vorgang
            direction: {constant: inbound}
            occurred_at: {column: Angenommen, time_format: '%d.%m.%Y %H:%M'}
            event_type: {constant: connected}
            agent_id: Bearbeiter
            talk_seconds: {column: Dauer, multiply: 60}
  # Chats of which one was never picked up, and one is not over.
  - name: chats
    kind: files
    channel: app
    mapping:
      - files: '会话*'
        format: csv
        encoding: gb18030
        feeds:
          contacts:
            contact_id: 会话ID
            direction: {constant: inbound}
            started_at: {column: 开始时间, time_format: '%Y/%m/%d %H:%M'}
            ended_at: {column: 结束时间, time_format: '%Y/%m/%d %H:%M'}
          contact_events:
            columns:
              contact_id: 会话ID
              occurred_at: {column: 接入时间, time_format: '%Y/%m/%d %H:%M'}
              event_type: {constant: connected}
              agent_id: 客服
            where: {客服: [张三, 李四]}
  # A row per call, of which only the answered ones give an event.
  - name: wide
    kind: files
    channel: web
    mapping: &wide
      - files: calls*.csv
        feeds:
          contacts: {contact_id: Call ID, direction: {constant: inbound}, started_at: Start, ended_at: End}
          contact_events:
            where: {Status: answered}
            columns: {contact_id: Call ID, occurred_at: Connect, event_type: {constant: connected}, agent_id: Agent}
  # The same log, of which the centre says that whoever called was received.
  - name: wide_received
    kind: files
    channel: wechat
    without_routing: received
    mapping: *wide
"""

CDR = """calldate,src,dst,duration,billsec,disposition,uniqueid,linkedid
2026-01-05 10:00:00,7001,101,10,0,NO ANSWER,1.1,A
2026-01-05 10:00:10,7001,102,6,0,NO ANSWER,1.2,A
2026-01-05 10:10:00,7002,101,10,0,NO ANSWER,2.1,B
2026-01-05 10:10:10,7002,102,65,60,ANSWERED,2.2,B
2026-01-05 10:20:00,7003,101,35,30,ANSWERED,3.1,C
"""
CALLS = """Call,Agent,Answered,Wait,Talk
c1,ravi,2026-01-05T10:00:12Z,12,75
c2,ravi,2026-01-05T12:10:08Z,8,3723
c3,mina,2026-01-05T12:20:05Z,5,725
"""
CTR = """\
{"ContactId": "t1", "InitiationTimestamp": "2026-01-05T15:00:00Z", "DisconnectTimestamp": "2026-01-05T15:05:12Z", \
"Queue": {"Name": "Billing", "DequeueTimestamp": "2026-01-05T15:00:12Z", "Duration": 12}, \
"Agent": {"Username": "kim", "AgentInteractionDuration": 240}}
{"ContactId": "t2", "InitiationTimestamp": "2026-01-05T15:10:00Z", "DisconnectTimestamp": "2026-01-05T15:10:40Z", \
"Queue": {"Name": "Billing", "DequeueTimestamp": "2026-01-05T15:10:40Z", "Duration": 40}, "Agent": null}
{"ContactId": "t3", "InitiationTimestamp": "2026-01-05T15:20:00Z", "DisconnectTimestamp": "2026-01-05T15:22:08Z", \
"Queue": {"Name": "Billing", "DequeueTimestamp": "2026-01-05T15:20:08Z", "Duration": 8}, \
"Agent": {"Username": "lee", "AgentInteractionDuration": 120}}
"""
SHEET = """Vorgang;Bearbeiter;Angenommen;Dauer
a1;Müller;05.01.2026 10:00;1.5
a2;Müller;05.01.2026 10:10;2
"""
CHATS = """会话ID,开始时间,接入时间,结束时间,客服
S1,2026/1/5 9:03,2026/1/5 9:04,2026/1/5 9:13,张三
S2,2026/1/5 9:10,2026/1/5 9:11,2026/1/5 9:30,李四
S3,2026/1/5 9:20,,2026/1/5 9:25,
S4,2026/1/5 14:50,2026/1/5 14:51,,张三
"""
WIDE = """Call ID,Start,Connect,End,Status,Agent
z1,2026-01-05T10:01:00Z,2026-01-05T10:01:10Z,2026-01-05T10:01:50Z,answered,ann
z2,2026-01-05T10:02:00Z,2026-01-05T10:02:05Z,2026-01-05T10:02:59Z,answered,bob
z3,2026-01-05T10:03:00Z,,2026-01-05T10:03:10Z,missed,
z4,2026-01-05T10:04:00Z,,2026-01-05T10:04:20Z,missed,
z5,2026-01-05T10:05:00Z,,2026-01-05T10:05:30Z,missed,
"""
FILES = {
    "exchange/cdr.csv": CDR.encode(),
    "calls/calls.csv": CALLS.encode(),
    "cloud/ctr-2026-01-05": CTR.encode(),
    "sheet/jan.csv": SHEET.encode("cp1252"),
    "chats/会话.csv": CHATS.encode("gb18030"),
    "wide/calls.csv": WIDE.encode(),
    "wide_received/calls.csv": WIDE.encode(),
}
NO_CONNECTIONS_ALONE = ("abandon_rate", "short_abandons", "avg_abandon_time", "avg_abandon_time_all")
OF_WAITS = (
    "service_level",
    "avg_queue_time",
    "avg_queue_time_all",
    "avg_queue_time_business",
    "avg_speed_of_answer",
    "queue_placement_rate",
)
Ask = Any


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    home = Home(tmp_path_factory.mktemp("stated"))
    for name, content in FILES.items():
        source, file_name = name.split("/")
        drop: Path = home.landing / source / "2026-01-06"
        drop.mkdir(parents=True)
        (drop / file_name).write_bytes(content)
    (home.root / "centre.yaml").write_text(CENTRE_YAML, encoding="utf-8")
    run(home, site=False)
    with duckdb.connect(str(home.published_file), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def ask(published: duckdb.DuckDBPyConnection) -> Ask:
    """Value and reason of a KPI of a channel over all time."""

    def asked(kpi_id: str, channel: str) -> tuple[float | None, str | None]:
        ((value, reason),) = published.execute(
            "select value::double, reason from scorecard.fct_kpi_value "
            "where kpi_id = ? and scope_kind = 'channel' and scope_id = ? and period_kind = 'all'",
            [kpi_id, channel],
        ).fetchall()
        return value, reason

    return asked


def value(ask: Ask, kpi_id: str, channel: str) -> float | None:
    """The value alone, whatever it is too few cases for."""
    found: float | None = ask(kpi_id, channel)[0]
    return found


@pytest.mark.parametrize("channel", ["voice", "weibo", "app", "web", "wechat"])
@pytest.mark.parametrize("kpi_id", OF_WAITS)
def test_waits_that_a_log_does_not_state_are_not_recorded(kpi_id: str, channel: str, ask: Ask) -> None:
    assert ask(kpi_id, channel) == (None, "not_recorded")


@pytest.mark.parametrize("channel", ["other", "weibo", "app", "web", "wechat"])
@pytest.mark.parametrize("kpi_id", NO_CONNECTIONS_ALONE)
def test_a_log_of_answered_calls_alone_records_no_abandons(kpi_id: str, channel: str, ask: Ask) -> None:
    assert ask(kpi_id, channel) == (None, "not_recorded")


@pytest.mark.parametrize("channel", ["other", "weibo", "app", "web"])
def test_a_log_of_answered_calls_alone_has_no_connect_rate(channel: str, ask: Ask) -> None:
    assert ask("connect_rate", channel) == (None, "not_recorded")


@pytest.mark.parametrize("part", ["full", "closed", "unstaffed", "diverted", "otherwise"])
def test_without_reasons_nobody_knows_why_a_contact_was_turned_away(part: str, ask: Ask) -> None:
    assert ask(f"contacts_blocked_{part}", "voice") == (None, "not_recorded")


def test_a_row_per_extension_tells_received_answered_and_abandoned(ask: Ask) -> None:
    assert value(ask, "contacts_received", "voice") == 3
    assert value(ask, "connect_rate", "voice") == pytest.approx(2 / 3)
    assert value(ask, "abandon_rate", "voice") == pytest.approx(1 / 3)


def test_a_wait_stated_with_the_connection_is_the_calls_wait(ask: Ask) -> None:
    # (12 + 8 + 5) / 3
    assert value(ask, "avg_speed_of_answer", "other") == pytest.approx(25 / 3)
    assert value(ask, "service_level", "other") == 1
    # 12 and 8 s were answered, 40 s given up: 20 / 2, (12 + 40 + 8) / 3
    assert value(ask, "avg_speed_of_answer", "email") == 10
    assert value(ask, "avg_queue_time_all", "email") == 20
    assert value(ask, "avg_abandon_time", "email") == 40
    assert value(ask, "abandon_rate", "email") == pytest.approx(1 / 3)


def test_talk_counts_on_whatever_event_states_it(ask: Ask) -> None:
    # (60 + 30) / 2, (75 + 3723 + 725) / 3, (240 + 120) / 2, (90 + 120) / 2
    means = {"voice": 45, "other": 4523 / 3, "email": 180, "weibo": 105}
    assert {channel: value(ask, "avg_handle_time", channel) for channel in means} == pytest.approx(means)
    assert {channel: value(ask, "avg_contact_duration", channel) for channel in means} == pytest.approx(means)


def test_a_leg_whose_end_nobody_wrote_ends_after_its_stated_talk(published: duckdb.DuckDBPyConnection) -> None:
    found = published.execute(
        "select contact_id, agent_id, end_kind, extract(epoch from ended_at - connected_at) "
        "from scorecard.fct_contact_leg where source_id in ('calls', 'sheet') order by contact_id"
    ).fetchall()
    assert found == [
        ("a1", "Müller", "talk_stated", 90),
        ("a2", "Müller", "talk_stated", 120),
        ("c1", "ravi", "talk_stated", 75),
        ("c2", "ravi", "talk_stated", 3723),
        ("c3", "mina", "talk_stated", 725),
    ]


def test_chats_are_whose_they_are_and_one_that_is_not_over_is_open(published: duckdb.DuckDBPyConnection) -> None:
    found = published.execute(
        "select contact_id, owner_agent_id, is_connected, is_open, wait_seconds "
        "from scorecard.fct_contact where source_id = 'chats' order by contact_id"
    ).fetchall()
    assert found == [
        ("S1", "张三", True, False, None),
        ("S2", "李四", True, False, None),
        ("S3", None, False, False, None),
        ("S4", "张三", True, True, None),
    ]


def test_contacts_that_no_event_speaks_of_are_received_where_their_source_says_so(ask: Ask) -> None:
    assert value(ask, "contacts_received", "web") == 2
    # Five called, two were answered; how the three others left nobody wrote.
    assert value(ask, "contacts_received", "wechat") == 5
    assert value(ask, "connect_rate", "wechat") == pytest.approx(2 / 5)


def test_contacts_that_no_event_speaks_of_are_counted_on_data_health(published: duckdb.DuckDBPyConnection) -> None:
    told = published.execute((CHECKOUT / "reports/sources/health_routing.sql").read_text(encoding="utf-8")).fetchall()
    # source, routed, of these with a known wait, without any event, of these received
    assert told == [
        ("calls", 3, 3, 0, 0),
        ("chats", 3, 0, 1, 0),
        ("cloud", 3, 3, 0, 0),
        ("exchange", 3, 0, 0, 0),
        ("sheet", 2, 0, 0, 0),
        ("wide", 2, 0, 3, 0),
        ("wide_received", 2, 0, 3, 3),
    ]
