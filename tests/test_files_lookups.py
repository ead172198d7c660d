"""Exports that name agents in one file and use their numbers in another one of the same drop."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import yaml

from orchestration.centre import CentreError
from orchestration.sources.pulled.sql import SqlSource
from tests.support.land_home import LandHome

CALLS = """
- name: pbx
  kind: files
  channel: voice
  time_zone: UTC
  mapping:
    - files: 'calls*.csv'
      feeds:
        contact_events:
          contact_id: id
          occurred_at: start
          event_type: {constant: connected}
          agent_id: {column: agent, lookup: LOOKUP}
"""
PLAIN = "{file: 'agents*.csv', key: nr, value: login}"
AGENTS = "login,name,nr\nann,Ann,17\nbob,Bob,18\n"
HEADER = "id,start,agent\n"


def home_with(tmp_path: Path, agents: str | None = AGENTS, lookup: str = PLAIN) -> LandHome:
    home = LandHome(tmp_path, sources=CALLS.replace("LOOKUP", lookup))
    if agents is not None:
        home.drop("agents.csv", agents, source="pbx")
    return home


def calls(*agents: str) -> str:
    return HEADER + "".join(f"{at},2026-01-05 10:00:00,{agent}\n" for at, agent in enumerate(agents))


def agents_of(home: LandHome) -> list[object]:
    return home.column("contact_events", "agent_id")


def test_a_number_is_called_by_the_name_of_the_other_file(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    home.drop("calls_1.csv", calls("18", "17", ""), source="pbx")
    taken = home.take_all()
    assert agents_of(home) == ["bob", "ann", None]
    assert home.findings() == []
    told = taken["agents.csv"]
    assert (told.state, told.records_ignored, told.ignored_by_kind) == ("taken", 1, {"looked_up": 1})
    assert told.is_balanced


def test_what_is_not_there_costs_its_record_or_is_called_otherwise(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    home.take("calls_1.csv", calls("17", "99"), source="pbx")
    assert agents_of(home) == ["ann"]
    assert home.findings() == [(3, "agent", "not_looked_up", "form 99")]
    other = home_with(tmp_path / "other", lookup=PLAIN + ", otherwise: somebody")
    other.take("calls_1.csv", calls("17", "99", ""), source="pbx")
    assert (agents_of(other), other.findings()) == (["ann", "somebody", None], [])


def test_a_file_that_comes_later_is_looked_up_in_all_the_same(tmp_path: Path) -> None:
    home = home_with(tmp_path, agents=None)
    home.drop("calls_1.csv", calls("17"), source="pbx")
    first = home.take_all()["calls_1.csv"]
    assert (first.state, agents_of(home)) == ("failed", [])
    assert "no file `agents*.csv` beside it" in str(first.message)
    home.drop("agents.csv", AGENTS, source="pbx")
    assert home.take_all()["calls_1.csv"].state == "taken"
    assert agents_of(home) == ["ann"]


def test_files_are_taken_again_when_what_they_look_up_changes(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    home.drop("calls_1.csv", calls("17"), source="pbx")
    home.take_all()
    assert list(home.take_all()) == []
    home.drop("agents.csv", AGENTS.replace("ann,", "anna,"), source="pbx")
    assert sorted(home.take_all()) == ["agents.csv", "calls_1.csv"]
    assert agents_of(home) == ["anna"]


def test_several_files_are_one_table_and_other_days_are_none(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    home.drop("agents_2.csv", "nr,login\n19,cy\n17,ann\n", source="pbx")
    home.take("calls_1.csv", calls("17", "18", "19"), source="pbx")
    assert agents_of(home) == ["ann", "bob", "cy"]


def test_texts_are_made_ready_before_they_are_looked_up(tmp_path: Path) -> None:
    lookup = "{file: 'agents*.csv', key: nr, value: login, delimiter: ';'}, extract: '^SIP/([0-9]+)'"
    home = home_with(tmp_path, 'nr;login\n="0017";ann\n', lookup)
    home.take("calls_1.csv", calls("SIP/0017"), source="pbx")
    assert agents_of(home) == ["ann"]


@pytest.mark.parametrize(
    ("agents", "told"),
    [
        ("login,nr\nann,17\nbob,17\n", "different values for the same `nr`"),
        ("login,number\nann,17\n", "no column nr"),
        ("", "can't look up in `agents*.csv`"),
        ("PK\x03\x04", "can't look up in `agents*.csv`"),
    ],
)
def test_a_file_in_which_nothing_can_be_looked_up_fails_those_that_would(
    tmp_path: Path, agents: str, told: str
) -> None:
    home = home_with(tmp_path, agents)
    record = home.take("calls_1.csv", calls("17"), source="pbx")
    assert (record.state, agents_of(home)) == ("failed", [])
    assert told in str(record.message)


def test_files_of_an_archive_are_looked_up_in_and_look_up(tmp_path: Path) -> None:
    home = home_with(tmp_path, agents=None)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("calls_1.csv", calls("17"))
        archive.writestr("lists/agents.csv", AGENTS)
    home.drop("export.zip", packed.getvalue(), source="pbx")
    home.drop("calls_2.csv", calls("18"), source="pbx")
    assert {record.state for record in home.take_all().values()} == {"taken"}
    assert agents_of(home) == ["bob", "ann"]


def test_a_damaged_archive_beside_it_stops_nothing(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    home.drop("export.zip", b"PK\x03\x04 cut", source="pbx")
    home.drop("calls_1.csv", calls("17"), source="pbx")
    assert home.take_all()["calls_1.csv"].state == "taken"
    assert agents_of(home) == ["ann"]


def test_a_link_that_leads_elsewhere_is_not_looked_up_in(tmp_path: Path) -> None:
    home = home_with(tmp_path, agents=None)
    secret = tmp_path / "secret.csv"
    secret.write_text(AGENTS)
    path = home.drop("calls_1.csv", calls("17"), source="pbx")
    (path.parent / "agents.csv").symlink_to(secret)
    assert home.take_all()["calls_1.csv"].state == "failed"


@pytest.mark.parametrize(
    ("lookup", "told"),
    [
        ("{file: 'agents*.csv', key: nr}", "value"),
        (PLAIN + ", multiply: 2", "keep one"),
        ("{file: 'agents*.csv', key: nr, value: login, colour: red}", "unknown key"),
    ],
)
def test_a_lookup_that_cannot_work_stops_at_centre_yaml(tmp_path: Path, lookup: str, told: str) -> None:
    with pytest.raises(CentreError, match=told):
        _ = home_with(tmp_path, lookup=lookup).centre


JSON_USERS = """{"users": [{"id": 17, "role": "agent", "login": "ann"},
 {"id": 18, "role": "customer", "login": "bob"}]}"""


def test_a_page_of_json_is_looked_up_in_by_its_records_and_only_in_those_that_are_meant(tmp_path: Path) -> None:
    lookup = "{file: 'users*', records: users, key: id, value: login, where: {role: agent}}, otherwise: nobody"
    home = home_with(tmp_path, agents=None, lookup=lookup)
    home.drop("users_page_1.json", JSON_USERS, source="pbx")
    home.take("calls.csv", calls("17", "18"), source="pbx")
    assert home.column("contact_events", "agent_id") == ["ann", "nobody"]


def test_what_was_found_is_put_into_the_words_of_the_contract(tmp_path: Path) -> None:
    lookup = "{file: 'users*', records: users, key: id, value: role}, values: {agent: A}"
    home = home_with(tmp_path, agents=None, lookup=lookup)
    home.drop("users.json", JSON_USERS, source="pbx")
    home.take("calls.csv", calls("17", "18", "19"), source="pbx")
    assert home.column("contact_events", "agent_id") == ["A"]
    # Found and without a word; not found.
    assert [(line, check) for line, _, check, _ in home.findings()] == [(3, "unmapped_value"), (4, "not_looked_up")]


def test_a_page_without_what_is_looked_up_fails_those_that_would(tmp_path: Path) -> None:
    home = home_with(tmp_path, agents=None, lookup="{file: 'users*', records: users, key: nr, value: role}")
    home.drop("users.json", JSON_USERS, source="pbx")
    record = home.take("calls.csv", calls("17"), source="pbx")
    assert (record.state, "nr" in (record.message or "")) == ("failed", True)


PULLED = """
- name: desk
  kind: http
  channel: web
  url: https://desk.example.com/api
  resources:
  - {path: tickets, cursor: updated_at}
  - {path: users}
  mapping:
  - files: tickets.*
    feeds:
      contact_events:
        contact_id: id
        occurred_at: at
        event_type: {constant: connected}
        agent_id: {column: agent, lookup: {file: 'users.*', key: id, value: login, where: {role: [agent]}}}
"""
LATER = date(2026, 1, 7)


def users(**logins: str) -> str:
    entries = [{"id": key[1:], "login": login, "role": "agent"} for key, login in logins.items()]
    return "".join(json.dumps(entry) + "\n" for entry in entries)


def pulled_tickets(*agents: str) -> str:
    tickets = [{"id": f"t{who}", "at": "2026-01-05T10:00:00Z", "agent": who} for who in agents]
    return "".join(json.dumps(ticket) + "\n" for ticket in tickets)


def agents_by_ticket(home: LandHome) -> dict[object, object]:
    return dict(home.rows("contact_events").select("contact_id", "agent_id").rows())


def test_what_is_pulled_is_looked_up_in_all_that_was_pulled_until_then(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=PULLED)
    home.drop("users.20260105T050000Z-1.jsonl", users(u7="ann", u8="bob"))
    home.drop("tickets.20260105T050000Z-1.jsonl", pulled_tickets("7"))
    assert set(home.take_all()) == {"users.20260105T050000Z-1.jsonl", "tickets.20260105T050000Z-1.jsonl"}
    # Two days later one user has another login, one is new, and one is no agent any more.
    changed = users(u7="anna", u9="cid") + '{"id": "8", "login": "bob", "role": "admin"}\n'
    home.drop("users.20260107T050000Z-1.jsonl", changed, day=LATER)
    home.drop("tickets.20260107T050000Z-1.jsonl", pulled_tickets("9", "8"), day=LATER)
    # What was taken is not taken again, and by which names it went stays.
    assert "tickets.20260105T050000Z-1.jsonl" not in home.take_all()
    assert agents_by_ticket(home) == {"t7": "ann", "t9": "cid"}
    assert [(field, check) for _, field, check, _ in home.findings()] == [("agent", "not_looked_up")]


def test_of_one_day_the_later_pull_counts_and_two_hours_are_not_unclear(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=PULLED)
    home.drop("users.20260105T100000Z-1.jsonl", users(u7="anna"))
    home.drop("users.20260105T090000Z-1.jsonl", users(u7="ann"))
    home.drop("tickets.20260105T100000Z-1.jsonl", pulled_tickets("7"))
    home.take_all()
    assert agents_by_ticket(home) == {"t7": "anna"}


def test_of_a_table_that_is_looked_up_in_these_columns_are_read() -> None:
    source = SqlSource.model_validate(
        {
            "name": "desk", "kind": "sql", "channel": "web", "connection": {"variable": "DESK"},
            "tables": [{"table": "tickets", "cursor": "updated_at"}, {"table": "users"}],
            "mapping": yaml.safe_load(PULLED)[0]["mapping"],
        }
    )  # fmt: skip
    assert source.columns_of(source.tables[1]) == ["id", "login", "role"]
    assert source.columns_of(source.tables[0]) == ["id", "at", "agent", "updated_at"]
