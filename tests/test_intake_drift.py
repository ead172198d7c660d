"""A column that comes, goes or holds other values than in the files before of the same source and name is told once."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from dagster import AssetCheckResult

from orchestration.site.drift import Drift, drifts
from orchestration.warehouse.dbt_project import ensure_manifest
from tests.support.land_home import CONTACTS_HEADER, DAY, GOOD_CONTACT, LandHome

CALLS = """
- name: desk
  kind: files
  channel: voice
  mapping:
    files: calls*
    feeds: {contacts: {contact_id: id, customer_id: caller, direction: {constant: inbound}, started_at: start}}
"""
START = "2026-01-05 10:00:00"


@pytest.fixture
def home(tmp_path: Path) -> LandHome:
    return LandHome(tmp_path, CALLS)


def take(home: LandHome, number: int, content: str | bytes, ending: str = "csv") -> None:
    home.drop(f"calls_{number}.{ending}", content, day=DAY + timedelta(number))
    home.take_all()


def told(home: LandHome) -> list[tuple[str, str | None, str, str]]:
    return [(one.file, one.column, one.change, one.done) for one in drifts(home.home)]


def test_a_column_that_appears_or_goes_is_told_with_its_first_file_only(home: LandHome) -> None:
    take(home, 1, f"id,caller,start,skill\na,1,{START},x\n")
    take(home, 2, f"id,caller,start,skill\nb,2,{START},x\n")
    assert told(home) == []
    take(home, 3, f"id,caller,start,mood\nc,3,{START},good\n")
    take(home, 4, f"id,caller,start,mood\nd,4,{START},good\n")
    assert told(home) == [
        ("calls_3.csv", None, "appeared", "not_read"),
        ("calls_3.csv", None, "disappeared", "nobody_read_it"),
    ]


def test_a_column_that_holds_other_values_is_told_with_both_kinds(home: LandHome) -> None:
    take(home, 1, f"id,caller,start\n1,1,{START}\n2,,{START}\n")
    take(home, 2, f"id,caller,start\n3,,{START}\n")
    take(home, 3, f"id,caller,start\nABC-4,4,{START}\n")
    (one,) = drifts(home.home)
    assert one == Drift(
        "desk", DAY + timedelta(3), "calls_3.csv", "id", 1, "other_kind", "number", "text", "checked_at_the_door"
    )
    assert str(one) == (
        "desk/2026-01-08/calls_3.csv: `id` holds another kind of values (number, now text); what does not fit is in "
        "quarantine."
    )


def test_values_that_were_of_either_kind_before_are_no_change(home: LandHome) -> None:
    for number, caller in enumerate(["4711", "anonymous", "4712", "hidden"], start=1):
        take(home, number, f"id,caller,start\n{number},{caller},{START}\n")
    assert [(file, change) for file, _, change, _ in told(home)] == [("calls_2.csv", "other_kind")]


def test_files_of_other_names_and_other_sources_are_no_earlier_ones(home: LandHome) -> None:
    take(home, 1, f"id,caller,start,skill\na,1,{START},x\n")
    home.drop("calls_of_night_1.csv", f"id,caller,start\nb,1,{START}\n", day=DAY + timedelta(2))
    home.sources += CALLS.replace("name: desk", "name: other")
    home.drop("calls_2.csv", f"id,caller,start\nb,1,{START}\n", source="other", day=DAY + timedelta(2))
    home.take_all()
    assert told(home) == []


def test_keys_of_json_that_only_some_records_have_are_no_change(home: LandHome) -> None:
    take(home, 1, f'{{"id": "a", "caller": "1", "start": "{START}", "tags": []}}\n', "jsonl")
    take(home, 2, f'{{"id": "b", "start": "{START}", "x": {{"4711": 1}}, "4711": 1}}\n', "jsonl")
    take(home, 3, f'{{"id": "c", "caller": "1", "start": "{START}"}}\n', "jsonl")
    assert told(home) == [
        ("calls_2.jsonl", None, "appeared", "not_read"),
        ("calls_2.jsonl", None, "disappeared", "nobody_read_it"),
        ("calls_2.jsonl", "caller", "disappeared", "left_empty"),
    ]


def test_a_file_of_the_contract_and_one_of_parquet_are_held_against_those_before(tmp_path: Path) -> None:
    home = LandHome(tmp_path)
    home.drop("contacts_1.csv", CONTACTS_HEADER + GOOD_CONTACT)
    shorter = (CONTACTS_HEADER + GOOD_CONTACT).replace(",ended_at", "").replace(",2026-01-05T08:10:00Z", "")
    home.drop("contacts_2.csv", shorter.replace("c1,", "c2,"))
    for number, columns in ((1, {}), (2, {"extra": ["x"]})):
        row = dict(zip(CONTACTS_HEADER.strip().split(","), GOOD_CONTACT.strip().split(","), strict=True))
        packed = io.BytesIO()
        pl.DataFrame(
            {name: [value.replace("c1", f"p{number}")] for name, value in row.items()} | columns
        ).write_parquet(packed)
        home.drop(f"contacts_of_night_{number}.parquet", packed.getvalue())
    home.take_all()
    assert told(home) == [
        ("contacts_2.csv", "ended_at", "disappeared", "left_empty"),
        ("contacts_of_night_2.parquet", None, "appeared", "not_read"),
    ]


def test_windows_of_one_table_are_files_of_one_name(home: LandHome) -> None:
    for window in ("20260105T050000Z-1.20260105T040000_20260105T045959", "20260106T050000Z-1.7_8.000001"):
        columns = '"id": "a", "start": "2026-01-05 10:00:00"' + (', "mood": 1' if window.startswith("20260106") else "")
        home.drop(f"calls.{window}.jsonl", f"{{{columns}}}\n")
    home.take_all()
    assert told(home) == [("calls.20260106T050000Z-1.7_8.000001.jsonl", None, "appeared", "not_read")]


def test_a_name_that_nobody_reads_is_kept_nowhere(home: LandHome) -> None:
    take(home, 1, f"id,caller,start,+493011122233,me@a.example\na,1,{START},x,y\n")
    (record,) = home.ledger()
    assert {name: kind for name, kind in record.file_columns.items() if kind != "unread"} == {
        "caller": "number",
        "id": "text",
        "start": "time",
    }
    assert "493011122233" not in record.to_json()
    assert "a.example" not in record.to_json()
    take(home, 2, "+493011122233,x\n+493011122234,y\n")
    assert [record.file_columns for record in home.ledger() if record.state == "failed"] == [{}]


def test_what_changed_longer_ago_than_28_landing_days_is_forgotten(home: LandHome) -> None:
    take(home, 1, f"id,caller,start\na,1,{START}\n")
    take(home, 2, f"id,caller,start,mood\nb,1,{START},x\n")
    take(home, 30, f"id,caller,start,mood\nc,1,{START},x\n")
    assert told(home) == []


def test_a_check_of_landing_tells_it_and_stops_nothing(home: LandHome, monkeypatch: pytest.MonkeyPatch) -> None:
    ensure_manifest()
    from orchestration.defs.checks import files_have_the_columns_of_those_before

    monkeypatch.setenv("SCOREHOUSE_HOME", str(home.root))
    take(home, 1, f"id,caller,start\na,1,{START}\n")
    quiet = files_have_the_columns_of_those_before()
    assert isinstance(quiet, AssetCheckResult)
    assert quiet.passed
    take(home, 2, f"id,caller,start,mood\nb,1,{START},x\n")
    found = files_have_the_columns_of_those_before()
    assert isinstance(found, AssetCheckResult)
    assert (found.passed, found.severity.value) == (False, "WARN")
    assert (
        found.description
        == "desk/2026-01-07/calls_2.csv: 1 of the columns that nothing reads appeared; nothing reads it: a mapping may."
    )
