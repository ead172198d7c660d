"""Landing in Dagster: each day's metadata are its own, and materialising a day again takes its files anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dagster import AssetKey, DagsterInstance, MetadataValue, RunConfig, RunsFilter, TableMetadataValue

from orchestration.defs.range_tags import range_tags
from orchestration.landing.take import take_days
from orchestration.warehouse.dbt_project import ensure_manifest
from tests.support.land_home import CONTACTS_HEADER, GOOD_CONTACT, LandHome

MONDAY, TUESDAY, WEDNESDAY = date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 7)
SECOND = GOOD_CONTACT.replace("c1,", "c2,")
BAD = GOOD_CONTACT.replace("c1,", "c3,").replace("inbound", "sideways")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LandHome:
    """Two contacts and a bad record on Monday, nothing on Tuesday, one contact on Wednesday."""
    monkeypatch.setenv("SCOREHOUSE_HOME", str(tmp_path))
    (tmp_path / "centre.yaml").write_text("name: X\ntime_zone: UTC\nsources: [{name: desk, kind: feed}]\n")
    home = LandHome(tmp_path)
    home.drop("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT + SECOND + BAD, day=MONDAY)
    home.drop("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT.replace("c1,", "c4,"), day=WEDNESDAY)
    return home


def materialise(home: LandHome, first: date, last: date, *, only_new: bool | None = None) -> dict[str, dict[str, Any]]:
    """Run landing as Dagster does, without any configuration unless `only_new` is given; metadata by day."""
    ensure_manifest()
    from orchestration.definitions import definitions_of
    from orchestration.defs.assets.landing import LandingConfig

    config = RunConfig() if only_new is None else RunConfig(ops={"landing": LandingConfig(only_new=only_new)})
    with DagsterInstance.ephemeral() as instance:
        job = definitions_of(home.home).resolve_job_def("landing_only")
        result = job.execute_in_process(run_config=config, instance=instance, tags=range_tags(first, last))
        events = [event.materialization for event in result.get_asset_materialization_events()]
    assert {event.asset_key for event in events} == {AssetKey("landing")}
    return {str(event.partition): {name: plain(value) for name, value in event.metadata.items()} for event in events}


def plain(value: MetadataValue[Any]) -> Any:
    return [record.data for record in value.records] if isinstance(value, TableMetadataValue) else value.value


def test_the_metadata_of_a_range_are_those_of_each_day(home: LandHome) -> None:
    days = materialise(home, MONDAY, WEDNESDAY, only_new=True)

    names = ("files", "records_read", "records_accepted", "records_quarantined", "new_files_taken")
    assert {day: tuple(metadata[name] for name in names) for day, metadata in days.items()} == {
        "2026-01-05": (1, 3, 2, 1, 1),
        "2026-01-06": (0, 0, 0, 0, 0),
        "2026-01-07": (1, 1, 1, 0, 1),
    }
    assert [days[day].get("rows contacts") for day in sorted(days)] == [2, None, 1]


def test_quarantine_stands_by_reason_in_a_table(home: LandHome) -> None:
    monday = materialise(home, MONDAY, MONDAY, only_new=True)["2026-01-05"]

    [reason] = monday["quarantine_by_reason"]
    assert (reason["source_id"], reason["feed"], reason["field"], reason["records"]) == (
        "desk",
        "contacts",
        "direction",
        1,
    )
    assert reason["message"]
    assert reason["remedy"]


def test_a_file_that_can_not_be_read_is_named_in_the_metadata_of_its_day(home: LandHome) -> None:
    home.drop("contacts.csv.gz", b"no gzip", day=TUESDAY)

    days = materialise(home, MONDAY, TUESDAY, only_new=True)

    assert [row["file"] for row in days["2026-01-06"]["files_not_readable"]] == ["desk/2026-01-06/contacts.csv.gz"]
    assert days["2026-01-05"]["files_not_readable"] == []


def test_looking_for_new_files_again_leaves_the_facts_of_the_day(home: LandHome) -> None:
    before = materialise(home, MONDAY, MONDAY, only_new=True)["2026-01-05"]

    again = materialise(home, MONDAY, MONDAY, only_new=True)["2026-01-05"]

    assert (before.pop("new_files_taken"), again.pop("new_files_taken")) == (1, 0)
    assert again == before


def test_materialising_a_day_again_takes_its_files_anew_and_says_so(home: LandHome) -> None:
    first = materialise(home, MONDAY, WEDNESDAY, only_new=True)["2026-01-05"]
    rows = home.rows("contacts")
    taken = {record.landing_day: record.taken_at for record in home.ledger()}
    for part in home.home.raw.glob("contacts/event_date=2026-*/*.parquet"):
        part.unlink()

    again = materialise(home, MONDAY, MONDAY)["2026-01-05"]

    assert again["files_taken_anew"] == 1
    assert again["records_accepted"] == first["records_accepted"] == 2
    assert home.rows("contacts").equals(rows.filter(rows["landing_day"] == MONDAY))
    anew = {record.landing_day: record.taken_at for record in home.ledger()}
    assert anew[MONDAY] > taken[MONDAY]
    assert anew[WEDNESDAY] == taken[WEDNESDAY]


def test_taking_anew_neither_loses_nor_doubles_rows(home: LandHome) -> None:
    home.drop("contacts.csv", CONTACTS_HEADER + GOOD_CONTACT + SECOND + BAD, day=TUESDAY)
    home.take_all()
    rows, quarantined, states = home.rows("contacts"), home.quarantine(), states_of(home)

    for first, last in ((MONDAY, MONDAY), (TUESDAY, TUESDAY), (MONDAY, WEDNESDAY)):
        take_days(home.home, home.centre, first, last, anew=True)

        assert home.rows("contacts").equals(rows)
        assert home.quarantine() == quarantined
        assert states_of(home) == states == {"2026-01-05": "taken", "2026-01-06": "same_content", "2026-01-07": "taken"}


def test_what_no_longer_lies_in_landing_stays_when_its_day_is_taken_anew(home: LandHome) -> None:
    home.take_all()
    rows = home.rows("contacts")
    (home.home.landing / "desk" / "2026-01-05" / "contacts.csv").unlink()

    assert take_days(home.home, home.centre, MONDAY, MONDAY, anew=True).files == 0
    assert home.rows("contacts").equals(rows)


def states_of(home: LandHome) -> dict[str, str]:
    return {record.landing_day.isoformat(): record.state for record in home.ledger()}


def test_a_run_of_the_command_line_is_one_of_the_job_that_the_timeline_shows(home: LandHome) -> None:
    ensure_manifest()
    from orchestration.definitions import definitions_of
    from orchestration.defs.instance import open_instance
    from orchestration.run.in_dagster import execute_job

    with open_instance(home.home) as instance:
        execute_job(instance, definitions_of(home.home), "landing_only", MONDAY, MONDAY, RunConfig())
        of_the_job = {".dagster/repository": "__repository__@orchestration.definitions"}
        [run] = instance.get_runs(RunsFilter(job_name="landing_only", tags=of_the_job))

    assert run.remote_job_origin is not None
    assert run.remote_job_origin.job_name == "landing_only"
    assert run.tags["scorehouse/command_line"] == "true"


def test_what_a_killed_run_left_goes_before_dagster_takes_files(home: LandHome) -> None:
    home.take_all()
    rows = home.rows("contacts")
    part = next(home.home.raw.glob("contacts/event_date=2026-01-05/*.parquet"))
    part.with_name("desk--0123456789abcdef-00000000.parquet").write_bytes(part.read_bytes())

    materialise(home, TUESDAY, TUESDAY, only_new=True)

    assert home.rows("contacts").equals(rows)


def test_a_file_whose_part_is_gone_is_taken_again_by_dagster_too(home: LandHome) -> None:
    home.take_all()
    rows = home.rows("contacts")
    for part in home.home.raw.glob("contacts/event_date=2026-*/*.parquet"):
        part.unlink()

    materialise(home, MONDAY, WEDNESDAY, only_new=True)

    assert home.rows("contacts").equals(rows)
