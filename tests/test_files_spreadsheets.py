"""Exports that went through a spreadsheet: guards are no part of a value, and an id that was destroyed is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.land_home import LandHome

GUARDED = """
- name: ex
  kind: files
  channel: voice
  time_zone: Europe/Madrid
  mapping:
    - files: '*.csv'
      feeds:
        contact_events:
          contact_id: Call
          customer_id: Phone
          direction: {constant: inbound}
          occurred_at: {column: Answered, time_format: '%d/%m/%Y %H:%M:%S'}
          event_type: {constant: connected}
          agent_id: Agent
"""
DESK = """
- name: desk
  kind: files
  channel: voice
  time_zone: Europe/Berlin
  mapping:
    - files: '*.csv'
      feeds:
        contacts: {contact_id: id, customer_id: who, direction: {constant: inbound}, started_at: s}
"""


def guarded(tmp_path: Path, *lines: str) -> LandHome:
    home = LandHome(tmp_path, sources=GUARDED)
    record = home.take("a.csv", "Call,Phone,Agent,Answered\n" + "\n".join(lines) + "\n", source="ex")
    assert record.is_balanced
    return home


@pytest.mark.parametrize("line", ['="34600000001",="00123"', '"=""34600000001""","=""00123"""', "'34600000001,'00123"])
def test_a_guard_is_no_part_of_a_value(tmp_path: Path, line: str) -> None:
    home = guarded(tmp_path, f"a1,{line},05/01/2026 10:00:00", "a2,34600000001,00123,05/01/2026 10:10:00")
    assert home.findings() == []
    assert home.column("contact_events", "agent_id") == ["00123", "00123"]
    assert len(set(home.column("contact_events", "customer_id"))) == 1


def test_a_guarded_plus_is_the_same_customer_as_a_plain_one(tmp_path: Path) -> None:
    home = guarded(tmp_path, "c1,'+34600000001,00123,05/01/2026 10:20:00", "c2,+34600000001,00123,05/01/2026 10:40:00")
    assert len(home.rows("contact_events")) == 2
    assert len(set(home.column("contact_events", "customer_id"))) == 1


def test_an_apostrophe_of_a_name_stays(tmp_path: Path) -> None:
    home = guarded(tmp_path, "c1,1,'t Hooft,05/01/2026 10:20:00", "c2,1,O'Neill,05/01/2026 10:40:00")
    assert home.column("contact_events", "agent_id") == ["'t Hooft", "O'Neill"]


def test_a_guard_with_nothing_in_it_is_nothing(tmp_path: Path) -> None:
    home = guarded(tmp_path, 'c1,1,"=""""",05/01/2026 10:20:00')
    assert home.column("contact_events", "agent_id") == [None]


def test_ids_that_a_spreadsheet_rounded_are_not_one_call(tmp_path: Path) -> None:
    home = LandHome(tmp_path, sources=DESK)
    text = (
        "id,who,s\n3.26702E+11,a,2026-01-05 08:00:00\n3.26702E+11,b,2026-01-05 09:00:00\n"
        "326702000003,c,2026-01-05 10:00:00\n"
    )
    record = home.take("calls.csv", text, source="desk")
    assert home.column("contacts", "contact_id") == ["326702000003"]
    assert [(line, field, check) for line, field, check, _ in home.findings()] == [
        (2, "contact_id", "spreadsheet_id"),
        (3, "contact_id", "spreadsheet_id"),
    ]
    assert "rounded number" in home.quarantine()[0]["message"]
    assert "as text" in home.quarantine()[0]["remedy"]
    assert (record.records_read, record.records_quarantined, record.is_balanced) == (3, 2, True)


@pytest.mark.parametrize("destroyed", ["3.26702E+11", '"3,26702E+11"', "1E+11", "2010-08-", "########", "#REF!"])
@pytest.mark.parametrize("column", ["contact_id", "customer_id"])
def test_every_way_of_destroying_an_id_is_told_without_showing_it(tmp_path: Path, destroyed: str, column: str) -> None:
    home = LandHome(tmp_path, sources=DESK)
    cells = f"{destroyed},c" if column == "contact_id" else f"x1,{destroyed}"
    home.take("calls.csv", f"id,who,s\n{cells},2026-01-05 08:00:00\n", source="desk")
    assert [(line, field, check) for line, field, check, _ in home.findings()] == [(2, column, "spreadsheet_id")]
    assert destroyed.strip('"') not in str(home.quarantine()[0])


@pytest.mark.parametrize("sound", ["1E5", "2010-08-1", "2010-08-12", "#12", "E+1", "a-", "12e34"])
def test_ids_that_only_resemble_a_destroyed_one_are_taken(tmp_path: Path, sound: str) -> None:
    home = LandHome(tmp_path, sources=DESK)
    home.take("calls.csv", f"id,who,s\n{sound},c,2026-01-05 08:00:00\n", source="desk")
    assert home.column("contacts", "contact_id") == [sound]


def test_a_file_of_the_contract_is_held_to_the_same(tmp_path: Path) -> None:
    home = LandHome(tmp_path)
    home.take("contacts_1.csv", "contact_id,direction,started_at,channel\n1.2E+11,inbound,2026-01-05T08:00:00Z,web\n")
    assert [found[1:3] for found in home.findings()] == [("contact_id", "spreadsheet_id")]
