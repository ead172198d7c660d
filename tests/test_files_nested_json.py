"""JSON as APIs and databases export it: arrays, arrays under a key, pretty print, nested values, lists unrolled."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from orchestration.centre import CentreError
from tests.support.land_home import LandHome

RULE = """
- name: desk
  kind: files
  channel: email
  time_zone: UTC
  mapping:
    - files: '*'
      {form}
      feeds:
        contacts:
          contact_id: id
          customer_id: requester_id
          direction: {{constant: inbound}}
          started_at: created_at
          ended_at: solved_at
          topic: via.channel
"""


def ticket(name: str, number: int, **more: Any) -> dict[str, Any]:
    times = {"created_at": f"2026-01-05T1{number}:00:00Z", "solved_at": f"2026-01-05T1{number}:30:00Z"}
    return {"id": name, "requester_id": number} | times | {"via": {"channel": "web"}} | more


TWO = [ticket("a1", 0), ticket("a2", 1, solved_at=None)]


def home_with(tmp_path: Path, form: str = "empty: []") -> LandHome:
    return LandHome(tmp_path, sources=RULE.format(form=form))


def tickets(home: LandHome) -> list[tuple[object, ...]]:
    rows = home.rows("contacts")
    return rows.select("line_number", "contact_id", "topic").rows() if rows.height else []


@pytest.mark.parametrize("form", ["empty: []", "format: json"])
def test_an_array_is_taken_on_one_line_and_pretty_printed(tmp_path: Path, form: str) -> None:
    home = home_with(tmp_path, form)
    record = home.take("a.json", json.dumps(TWO), source="desk")
    assert tickets(home) == [(1, "a1", "web"), (1, "a2", "web")]
    assert (record.records_read, record.records_accepted, home.findings()) == (2, 2, [])
    # Line 1 is [, an object of 9 lines begins on line 2, and the next on line 11.
    renamed = [one | {"id": one["id"].replace("a", "b")} for one in TWO]
    home.take("b.json", json.dumps(renamed, indent=2), source="desk")
    assert tickets(home)[2:] == [(2, "b1", "web"), (11, "b2", "web")]


@pytest.mark.parametrize("form", ["records: tickets", "records: /tickets\n      format: json"])
def test_an_object_that_holds_the_array_under_a_key(tmp_path: Path, form: str) -> None:
    home = home_with(tmp_path, form)
    page = {"users": [{"id": "u1", "tickets": [ticket("no", 4)]}], "tickets": TWO, "next_page": None, "count": 2}
    home.take("c.json", json.dumps(page, indent=1), source="desk")
    assert [name for _, name, _ in tickets(home)] == ["a1", "a2"]
    assert home.findings() == []


def test_pages_one_after_another_give_the_records_of_all_of_them(tmp_path: Path) -> None:
    home = home_with(tmp_path, "records: data.items")
    pages = [{"data": {"items": [one], "more": {"items": []}}, "items": 1} for one in TWO]
    home.take("pages.json", "\n".join(map(json.dumps, pages)), source="desk")
    assert tickets(home) == [(1, "a1", "web"), (2, "a2", "web")]


@pytest.mark.parametrize("between", ["", " ", "\n\n"])
def test_objects_one_after_another_need_no_line_ends(tmp_path: Path, between: str) -> None:
    home = home_with(tmp_path, "format: json")
    home.take("ctr", between.join(map(json.dumps, TWO)), source="desk")
    assert tickets(home) == [(1, "a1", "web"), (1 + between.count("\n"), "a2", "web")]


def test_signs_in_texts_structure_nothing(tmp_path: Path) -> None:
    odd = ticket("a1", 0, note='}]," \\" [{\n\t\\\\', via={"channel": 'x"]},{"'})
    home = home_with(tmp_path, "format: json")
    home.take("a.json", json.dumps([odd, ticket("a2", 1)]), source="desk")
    assert tickets(home) == [(1, "a1", 'x"]},{"'), (1, "a2", "web")]


@pytest.mark.parametrize("size", [1, 7, 64, 300])
def test_where_a_block_ends_makes_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr("orchestration.readers.bytes.PIECE_BYTES", size)
    monkeypatch.setattr("orchestration.readers.json_file.BLOCK_BYTES", size)
    home = home_with(tmp_path, "records: tickets")
    odd = ticket("ä1", 0, note='"\\\\" [{', via={"channel": '电\\"'})
    text = json.dumps(
        {"x": {"tickets": [1]}, "tickets": [odd, ticket("a2", 1)], "z": [[]]}, indent=1, ensure_ascii=False
    )
    home.take("a.json", text, source="desk")
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if line == "  {"]
    assert tickets(home) == [(lines[0], "ä1", '电\\"'), (lines[1], "a2", "web")]


def test_a_broken_object_costs_itself_only(tmp_path: Path) -> None:
    home = home_with(tmp_path, "format: json")
    text = "[" + json.dumps(TWO[0]) + ',\n{"id": nothing},\n7,\n,\n' + json.dumps(TWO[1]) + ",\n]"
    record = home.take("a.json", text, source="desk")
    assert tickets(home) == [(1, "a1", "web"), (5, "a2", "web")]
    assert [(line, check) for line, _, check, _ in home.findings()] == [
        (2, "broken_json"),
        (3, "no_json_object"),
        (4, "broken_json"),
    ]
    assert record.is_balanced


def test_an_array_that_is_given_as_lines_says_so_once(tmp_path: Path) -> None:
    home = home_with(tmp_path, "format: jsonl")
    for name, text in (("a.json", json.dumps(TWO)), ("b.json", json.dumps(TWO, indent=2))):
        record = home.take(name, text, source="desk")
        assert record.state == "failed"
        assert "`format: json`" in (record.message or "")
    assert [(line, check) for line, _, check, _ in home.findings()] == [(1, "json_no_lines")] * 2


def test_dots_reach_into_objects_and_lists_but_a_key_with_dots_comes_first(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=RULE.format(form="empty: []").replace("via.channel", "tags[1].name"))
    first = ticket("a1", 0, tags=[{"name": "x"}, {"name": "vip"}])
    second = ticket("a2", 1) | {"tags[1].name": "flat", "tags": [0, {"name": "no"}]}
    home.take("a.jsonl", "\n".join(map(json.dumps, [first, second])), source="desk")
    assert tickets(home) == [(1, "a1", "vip"), (2, "a2", "flat")]


def test_values_of_mongodb_are_taken_out_of_their_objects(tmp_path: Path) -> None:
    rule = RULE.format(form="empty: []").replace(
        "ended_at: solved_at", "ended_at: {column: solved_at, time_format: epoch_milliseconds}"
    )
    home = LandHome(tmp_path, sources=rule)
    one = ticket("x", 0) | {
        "id": {"$oid": "5f1"},
        "created_at": {"$date": "2026-01-05T10:00:00.250Z"},
        "solved_at": {"$date": {"$numberLong": "1767607800000"}},
        "requester_id": {"$numberLong": "9223372036854775807"},
    }
    other = ticket("a2", 1, requester_id={"$numberLong": "1", "x": 2}, solved_at=None)
    home.take("rooms.jsonl", "\n".join(map(json.dumps, [one, other])), source="desk")
    ((name, start, end),) = home.rows("contacts").select("contact_id", "started_at", "ended_at").rows()
    assert (name, start.isoformat(), end.isoformat()) == (
        "5f1",
        "2026-01-05T10:00:00.250000+00:00",
        "2026-01-05T10:10:00+00:00",
    )
    assert home.findings() == [(2, "requester_id", "nested_value", "object")]


CALLS = """
- name: genesys
  kind: files
  channel: voice
  time_zone: UTC
  mapping:
    - files: '*'
      {form}
      feeds:
        contact_events:
          where: {{purpose: agent}}
          columns:
            contact_id: ^conversationId
            event_type: {{constant: connected}}
            occurred_at: start
            agent_id: user.id
"""


def call(name: str, *people: dict[str, Any] | int | None) -> dict[str, Any]:
    return {"conversationId": name, "start": "never", "participants": list(people)}


def agent(name: str, minute: int) -> dict[str, Any]:
    return {"purpose": "agent", "start": f"2026-01-05T10:0{minute}:00Z", "user": {"id": name}}


CUSTOMER = {"purpose": "customer", "start": "2026-01-05T10:00:00Z"}


@pytest.mark.parametrize("ending", ["jsonl", "json"])
def test_each_element_of_a_list_is_a_record_with_what_stands_around_it(tmp_path: Path, ending: str) -> None:
    home = LandHome(tmp_path, sources=CALLS.format(form="each: participants"))
    calls = [call("v1", CUSTOMER, agent("kim", 1), agent("lee", 2)), call("v2"), call("v3", agent("kim", 3), 5)]
    calls.append({"conversationId": "v4"})
    text = (
        "\n".join(map(json.dumps, calls)) if ending == "jsonl" else json.dumps(calls).replace('}, {"con', '},\n{"con')
    )
    record = home.take(f"calls.{ending}", text, source="genesys")
    rows = home.rows("contact_events")
    assert rows.select("record_number", "line_number", "contact_id", "agent_id").rows() == [
        (2, 1, "v1", "kim"),
        (3, 1, "v1", "lee"),
        (5, 3, "v3", "kim"),
    ]
    # One customer, two calls without anybody, and an element that is no object.
    assert record.ignored_by_kind == {"no_feed": 1, "skipped": 2}
    assert [(line, check) for line, _, check, _ in home.findings()] == [(3, "no_json_object")]
    assert (record.records_read, record.records_accepted, record.is_balanced) == (7, 3, True)


def test_lists_within_lists_are_unrolled_one_after_the_other(tmp_path: Path) -> None:
    rule = CALLS.format(form="each: [participants, sessions]").replace("^conversationId", "^^conversationId")
    home = LandHome(tmp_path, sources=rule.replace("user.id", "^name").replace("where: {purpose", "where: {^purpose"))
    people = [
        {"name": "kim", "purpose": "agent", "sessions": [{"start": f"2026-01-05T10:0{n}:00Z"} for n in range(3)]},
        {"name": "lee", "purpose": "agent", "sessions": []},
        {"name": "zoe", "purpose": "agent", "sessions": [{"start": "2026-01-05T11:00:00Z"}]},
    ]
    record = home.take("calls.jsonl", json.dumps(call("v1", *people)), source="genesys")
    rows = home.rows("contact_events")
    assert rows.select("record_number", "contact_id", "agent_id").rows() == [
        (1, "v1", "kim"),
        (2, "v1", "kim"),
        (3, "v1", "kim"),
        (5, "v1", "zoe"),
    ]
    assert (record.ignored_by_kind, record.is_balanced) == ({"skipped": 1}, True)


def test_an_object_whose_list_is_empty_may_stay_a_record(tmp_path: Path) -> None:
    sources = CALLS.format(form="each: participants\n      keep_empty: true")
    contacts = """
        contacts:
          contact_id: ^conversationId
          direction: {constant: inbound}
          started_at: ^began
"""
    home = LandHome(tmp_path, sources=sources.rstrip() + contacts)
    calls = [call("v1", agent("kim", 1), agent("lee", 2)), call("v2"), {"conversationId": "v3"}]
    lines = [json.dumps(one | {"began": "2026-01-05T10:00:00Z"}) for one in calls]
    record = home.take("calls.jsonl", "\n".join([*lines, "{"]), source="genesys")
    assert sorted(set(home.column("contacts", "contact_id"))) == ["v1", "v2", "v3"]
    assert home.column("contact_events", "agent_id") == ["kim", "lee"]
    assert [(line, check) for line, _, check, _ in home.findings()] == [(4, "broken_json")]
    assert (record.records_read, record.records_accepted, record.is_balanced) == (5, 4, True)


def test_bad_lines_between_unrolled_ones_keep_their_place_in_the_count(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=CALLS.format(form="each: participants"))
    lines = [
        json.dumps(call("v1", agent("kim", 1), agent("lee", 2))),
        "{",
        "\x00",
        json.dumps(call("v2", agent("kim", 3))),
    ]
    record = home.take("calls.jsonl", "\n".join(lines), source="genesys")
    assert home.column("contact_events", "record_number") == [1, 2, 5]
    assert [(row["record_number"], row["check_name"]) for row in home.quarantine()] == [
        (3, "broken_json"),
        (4, "nul_byte"),
    ]
    assert (record.records_read, record.is_balanced) == (5, True)


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("records: 'data[0]'", "by keys alone"),
        ("records: a..b", "no path"),
        ("each: ''", "no path"),
        ("keep_empty: true", "lists that `each` unrolls"),
    ],
)
def test_paths_that_lead_nowhere_are_refused_with_the_settings(tmp_path: Path, form: str, told: str) -> None:
    with pytest.raises(CentreError) as error:
        _ = home_with(tmp_path, form).centre
    assert told in str(error.value)


def test_a_name_of_an_object_outside_of_all_is_refused_with_the_settings(tmp_path: Path) -> None:
    with pytest.raises(CentreError) as error:
        _ = LandHome(tmp_path, sources=CALLS.format(form="each: x").replace("^conv", "^^conv")).centre
    assert "outside of all" in str(error.value)


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_in_the_contract_may_be_an_array(tmp_path: Path, packed: bool) -> None:
    home = LandHome(tmp_path)
    text = json.dumps([{"team_id": "t1", "name": "North", "valid_from": "2026-01-05"}]).encode()
    record = home.take("teams.json.gz" if packed else "teams.json", gzip.compress(text) if packed else text)
    assert record.records_accepted == 1


TAGGED = """
- name: crm
  kind: files
  channel: web
  time_zone: UTC
  mapping:
    - files: tickets*
      format: json
      feeds:
        contacts:
          where: {owner: {filled: true}}
          columns:
            contact_id: id
            started_at: at
            direction: {constant: inbound}
            is_test: {cases: [{constant: true, when: {tags: {matches: '"merged"'}}}, {constant: false}]}
"""


def test_a_list_of_which_only_conditions_speak_is_its_text_and_an_empty_one_nothing(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=TAGGED)
    at = "2026-01-05T10:00:00Z"
    tickets = [
        {"id": 1, "at": at, "tags": ["a", "merged"], "owner": {"id": 7}},
        {"id": 2, "at": at, "tags": ["not merged"], "owner": "ann"},
        {"id": 3, "at": at, "tags": [], "owner": {}},
        {"id": ["4"], "at": at, "tags": None, "owner": "ann"},
    ]
    home.take("tickets.json", json.dumps(tickets), source="crm")
    assert home.rows("contacts").select("contact_id", "is_test").rows() == [("1", True), ("2", False)]
    assert [(field, check) for _, field, check, _ in home.findings()] == [("id", "nested_value")]
