"""Ids that DuckDB's `hash()` takes for one stay two in everything that is built of them: contacts, events, messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pytest

from orchestration.home.paths import Home
from orchestration.run.run import run
from tests.support.equal_hashes import equal_hashes

pytestmark = pytest.mark.slow

CENTRE = """
name: Hotline
time_zone: UTC
sources:
  - {name: pbx, kind: asterisk_queue_log, channel: voice}
  - {name: hotline, kind: feed}
"""

QUEUE_LOG = """\
1767603600|{first}|q|NONE|ENTERQUEUE||1001|1
1767603605|{first}|q|Agent/1|CONNECT|5|ch1
1767603645|{first}|q|Agent/1|COMPLETECALLER|5|40|1
1767603700|{second}|q|NONE|ENTERQUEUE||1002|1
1767603702|{second}|q|Agent/2|CONNECT|2|ch2
1767603752|{second}|q|Agent/2|COMPLETEAGENT|2|50|1
"""


@dataclass(frozen=True)
class Ids:
    """Ids whose hashes are equal: of the texts themselves, and of `hotline/` and the text."""

    first: str
    second: str
    keyed_first: str
    keyed_second: str


@pytest.fixture(scope="module")
def ids() -> Ids:
    return Ids(*sorted(equal_hashes()), *sorted(equal_hashes("hotline/")))


def lines(*rows: str) -> str:
    return "".join(f"{row}\n" for row in rows)


def feeds(ids: Ids) -> dict[str, str]:
    """Four chats of four customers, two with each agent; ids of messages and of two events collide as well."""
    chats = [(ids.first, "08", "anna", 10), (ids.second, "09", "bert", 59)]
    chats += [(ids.keyed_first, "10", "anna", 20), (ids.keyed_second, "11", "bert", 40)]
    contacts, events, messages = [], [], []
    for number, (contact, hour, agent, seconds) in enumerate(chats):
        at = f"2026-01-05T{hour}"
        contacts.append(f"{contact},customer {number},web,inbound,{at}:00:00Z,{at}:30:00Z")
        events.append(f"c{number},{contact},{at}:00:05Z,connected,{agent},")
        events.append(f"e{number},{contact},{at}:30:00Z,ended,{agent},")
        messages.append(f"{(ids.first, ids.second, 'm2', 'm3')[number]},{contact},{at}:01:00Z,customer,,true")
        messages.append(f"r{number},{contact},{at}:01:{seconds}Z,agent,{agent},true")
    for event, queue in ((ids.first, "q1"), (ids.second, "q2")):
        events.append(f"{event},call,2026-01-05T12:00:00Z,queued,,{queue}")
    events.append("left,call,2026-01-05T12:01:00Z,abandoned,,q2")
    return {
        "contacts.csv": lines("contact_id,customer_id,channel,direction,started_at,ended_at", *contacts),
        "contact_events.csv": lines("event_id,contact_id,occurred_at,event_type,agent_id,queue_id", *events),
        "messages.csv": lines("message_id,contact_id,sent_at,sender,agent_id,is_manual", *messages),
    }


@pytest.fixture(scope="module")
def home(ids: Ids, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The centre as a run leaves it: the build with its tests has passed."""
    home = Home(tmp_path_factory.mktemp("equal"))
    home.centre_file.write_text(CENTRE, encoding="utf-8")
    files = {("hotline", name): text for name, text in feeds(ids).items()}
    files["pbx", "queue_log"] = QUEUE_LOG.format(first=ids.first, second=ids.second)
    for (source, name), text in files.items():
        path = home.landing / source / "2026-01-06" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    run(home, site=False)
    return home


@pytest.fixture(scope="module")
def warehouse(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{home.published_file}' as scorehouse (read_only)")
        connection.execute(f"attach '{home.warehouse_file}' as warehouse (read_only)")
        connection.execute(f"attach '{home.kept_file}' as kept (read_only); use scorehouse")
        yield connection


def ask(warehouse: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return warehouse.execute(sql).fetchall()


def test_two_calls_are_two_contacts_with_a_leg_each(warehouse: duckdb.DuckDBPyConnection, ids: Ids) -> None:
    contacts = ask(warehouse, "select contact_id from scorecard.fct_contact where source_id = 'pbx' order by all")
    legs = "select contact_id, agent_id, talk_seconds::int from scorecard.fct_contact_leg where source_id = 'pbx'"
    assert contacts == [(ids.first,), (ids.second,)]
    assert ask(warehouse, f"{legs} order by talk_seconds") == [(ids.first, "Agent/1", 40), (ids.second, "Agent/2", 50)]


def test_no_record_is_set_aside_as_another_ones_copy(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert ask(
        warehouse, "select file_name, records_accepted, records_duplicate from scorecard.fct_file order by all"
    ) == [("contact_events.csv", 11, 0), ("contacts.csv", 4, 0), ("messages.csv", 8, 0), ("queue_log", 6, 0)]


def test_messages_find_their_own_contact(warehouse: duckdb.DuckDBPyConnection, ids: Ids) -> None:
    assert ask(
        warehouse,
        "select contact_id, agent_id, customer_messages::int, agent_messages::int, response_seconds::int "
        "from scorecard.fct_contact_leg where source_id = 'hotline' order by connected_at",
    ) == [
        (ids.first, "anna", 1, 1, 10),
        (ids.second, "bert", 1, 1, 59),
        (ids.keyed_first, "anna", 1, 1, 20),
        (ids.keyed_second, "bert", 1, 1, 40),
    ]


def test_turns_find_their_own_leg(warehouse: duckdb.DuckDBPyConnection, ids: Ids) -> None:
    turns = "select contact_key, agent_id, response_seconds::int from kept.core.fct_message_turn order by 3"
    assert ask(warehouse, turns) == [
        (f"hotline/{ids.first}", "anna", 10),
        (f"hotline/{ids.keyed_first}", "anna", 20),
        (f"hotline/{ids.keyed_second}", "bert", 40),
        (f"hotline/{ids.second}", "bert", 59),
    ]


def of_agents(warehouse: duckdb.DuckDBPyConnection, column: str, kpi: str) -> list[tuple[Any, ...]]:
    """A column of a KPI of both chat agents on the day."""
    return ask(
        warehouse,
        f"select scope_id, {column}::int from scorecard.fct_kpi_value where scope_kind = 'agent' "  # noqa: S608
        f"and period_kind = 'day' and period_start = date '2026-01-05' and kpi_id = '{kpi}' "
        "and scope_id in ('anna', 'bert') order by all",
    )


def test_percentiles_are_of_an_agents_own_turns(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert of_agents(warehouse, "p50", "avg_response_time") == [("anna", 10), ("bert", 40)]
    assert of_agents(warehouse, "p90", "avg_response_time") == [("anna", 20), ("bert", 59)]


def test_an_agent_has_the_customers_of_his_own_contacts(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert of_agents(warehouse, "denominator", "single_contact_customer_share") == [("anna", 2), ("bert", 2)]


def test_events_of_one_instant_follow_each_other_by_their_ids(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert ask(
        warehouse,
        "select visit_number::int, queue_id, outcome from scorecard.fct_queue_visit "
        "where contact_key = 'hotline/call' order by 1",
    ) == [(1, "q1", "left"), (2, "q2", "abandoned")]
