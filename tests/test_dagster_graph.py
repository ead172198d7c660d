"""Dagster's side: the graph, which landing days a run is for, and which checks stop a publication."""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from dagster import (
    AssetKey,
    DagsterInstance,
    DailyPartitionsDefinition,
    RunRequest,
    SkipReason,
    build_schedule_context,
    build_sensor_context,
)

from orchestration.defs.instance import DAGSTER_YAML, prepare_instance_folder
from orchestration.defs.partitions import day_ranges, landing_days
from orchestration.defs.range_tags import range_tags
from orchestration.home.equation import describe, unbalanced_files
from orchestration.home.paths import Home
from orchestration.warehouse.dbt_project import ensure_manifest

CENTRE = "name: X\ntime_zone: UTC\nsources: [{name: pbx, kind: asterisk_queue_log}]\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("SCOREHOUSE_HOME", str(tmp_path))
    (tmp_path / "centre.yaml").write_text(CENTRE)
    return Home(tmp_path)


def drop(home: Home, day: str, name: str = "queue_log") -> Path:
    path = home.landing / "pbx" / day / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("1767600000|c1|sales|NONE|ENTERQUEUE||5551234|1\n")
    settled = time.time() - 60
    os.utime(path, (settled, settled))
    return path


def ledger(home: Home, name: str, state: str = "taken", message: str | None = None, **counts: int) -> None:
    record: dict[str, Any] = {"source_id": "pbx", "landing_day": "2026-01-05", "file_name": name}
    record |= {"state": state, "message": message}
    path = home.ledger / "pbx" / "2026-01-05" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record | {f"records_{kind}": count for kind, count in counts.items()}))


def requests(home: Home) -> list[tuple[str | None, str, str]]:
    ensure_manifest()
    from orchestration.defs.sensors import new_files

    found = list(new_files(build_sensor_context(DagsterInstance.ephemeral())))  # type: ignore[call-overload]
    tags = range_tags(date(2026, 1, 1), date(2026, 1, 2))
    start, end = tags
    return [(run.job_name, run.tags[start], run.tags[end]) for run in found if isinstance(run, RunRequest)]


def test_the_graph_goes_from_landing_over_every_model_to_the_pages() -> None:
    ensure_manifest()
    from orchestration.definitions import defs

    graph = defs().resolve_asset_graph()
    landing, published = AssetKey("landing"), AssetKey("published_file")
    assert isinstance(graph.get(landing).partitions_def, DailyPartitionsDefinition)
    assert landing in graph.get(AssetKey(["staging", "stg_contacts"])).parent_keys
    assert AssetKey(["scorecard", "fct_kpi_value"]) in graph.get(published).parent_keys
    assert graph.get(AssetKey("report")).parent_keys == {published}


def test_every_asset_that_writes_a_duckdb_file_is_in_the_pool_of_one() -> None:
    ensure_manifest()
    from orchestration.defs.assets.publish import published_file
    from orchestration.defs.assets.warehouse import warehouse

    assert warehouse.op.pool == published_file.op.pool == "warehouse"
    assert "default_limit: 1" in DAGSTER_YAML


def test_telemetry_and_the_newsletter_are_off_and_own_settings_stay(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", "")
    prepare_instance_folder(home)
    written = home.dagster_home / "dagster.yaml"
    assert yaml.safe_load(written.read_text())["telemetry"] == {"enabled": False}
    assert yaml.safe_load(written.read_text())["nux"] == {"enabled": False}

    # One that an earlier release wrote is brought up to date.
    written.write_text(DAGSTER_YAML.partition("\n")[0] + "\ntelemetry:\n  enabled: false\n")
    prepare_instance_folder(home)
    assert written.read_text() == DAGSTER_YAML

    written.write_text("telemetry: {enabled: false}\n")
    prepare_instance_folder(home)
    assert written.read_text() == "telemetry: {enabled: false}\n"


def test_landing_days_begin_with_the_first_of_the_home_and_hold_today(home: Home) -> None:
    drop(home, "1995-02-03")
    drop(home, "2026-01-05")
    drop(home, "0206-01-05")
    drop(home, "1985-01-05")

    days = landing_days(home).get_partition_keys()

    assert (days[0], days[-1]) == ("1995-02-03", datetime.now(UTC).date().isoformat())


def test_a_day_that_is_only_in_the_ledger_is_a_landing_day_too(home: Home) -> None:
    ledger(home, "taken_long_ago", read=1)

    assert landing_days(home).get_first_partition_key() == "2026-01-05"


def test_landing_days_go_on_to_a_folder_of_a_clock_that_is_ahead(home: Home) -> None:
    ahead = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    drop(home, ahead)

    assert landing_days(home).get_last_partition_key() == ahead


def test_today_is_the_centres_own(home: Home) -> None:
    (home.root / "centre.yaml").write_text(CENTRE.replace("UTC", "Pacific/Kiritimati"))

    today = datetime.now(ZoneInfo("Pacific/Kiritimati")).date()
    assert landing_days(home).get_partition_keys() == [today.isoformat()]


@pytest.mark.parametrize("centre", [None, "name: X\n"])
def test_a_home_without_files_or_a_sound_centre_has_definitions(tmp_path: Path, centre: str | None) -> None:
    ensure_manifest()
    from orchestration.definitions import definitions_of

    if centre is not None:
        (tmp_path / "centre.yaml").write_text(centre)
    defs = definitions_of(Home(tmp_path))

    partitions = defs.resolve_asset_graph().get(AssetKey("landing")).partitions_def
    assert partitions is not None
    assert partitions.get_partition_keys() == [datetime.now(UTC).date().isoformat()]
    assert {job.name for job in defs.resolve_all_job_defs()} >= {"whole_way", "landing_only"}


def test_days_far_apart_are_ranges_of_their_own() -> None:
    days = [date(2026, 1, 5), date(1999, 3, 1), date(2026, 1, 20), date(2026, 1, 5)]

    assert day_ranges(days) == [
        (date(1999, 3, 1), date(1999, 3, 1)),
        (date(2026, 1, 5), date(2026, 1, 20)),
    ]
    assert day_ranges([]) == []


def test_the_sensor_asks_for_the_days_with_new_files_and_publishes_once(home: Home) -> None:
    drop(home, "1999-03-01")
    drop(home, "2026-01-05")
    drop(home, "2026-01-07")

    assert requests(home) == [
        ("landing_only", "1999-03-01", "1999-03-01"),
        ("whole_way", "2026-01-05", "2026-01-07"),
    ]


def test_the_sensor_asks_again_for_a_file_that_has_changed_and_only_then(home: Home) -> None:
    ensure_manifest()
    from orchestration.defs.sensors import new_files

    def keys() -> list[str | None]:
        found = list(new_files(build_sensor_context(DagsterInstance.ephemeral())))  # type: ignore[call-overload]
        return [run.run_key for run in found if isinstance(run, RunRequest)]

    path = drop(home, "2026-01-05")
    first = keys()
    assert keys() == first

    path.write_text("1767600000|c1|sales|NONE|ENTERQUEUE||5551234|1\n" * 2)
    os.utime(path, (time.time() - 30, time.time() - 30))
    assert keys() != first


def test_the_sensor_waits_while_nothing_is_new(home: Home) -> None:
    ensure_manifest()
    from orchestration.defs.sensors import new_files

    found = list(new_files(build_sensor_context(DagsterInstance.ephemeral())))  # type: ignore[call-overload]
    assert [type(answer) for answer in found] == [SkipReason]


def night(home: Home, zone: str, at: datetime) -> list[RunRequest | SkipReason]:
    ensure_manifest()
    from orchestration.defs.schedules import nightly_schedule

    return list(nightly_schedule(zone)(build_schedule_context(scheduled_execution_time=at)))  # type: ignore[arg-type]


def asked(requests: list[RunRequest | SkipReason]) -> list[tuple[str, str, bool]]:
    """First day, last day and whether it goes the whole way, of each request."""
    first, last = range_tags(date.min, date.max)
    return [
        (run.tags[first], run.tags[last], run.asset_selection is None)
        for run in requests
        if isinstance(run, RunRequest)
    ]


def test_the_night_begins_in_the_centres_zone() -> None:
    ensure_manifest()
    from orchestration.defs.schedules import nightly_schedule

    assert nightly_schedule("Asia/Shanghai").execution_timezone == "Asia/Shanghai"


def test_the_schedule_asks_for_every_new_file_however_late_it_came(home: Home) -> None:
    drop(home, "2025-06-01")
    drop(home, "2026-02-26")
    drop(home, "2026-03-01")

    found = night(home, "UTC", datetime(2026, 3, 2, 5, tzinfo=UTC))

    assert asked(found) == [("2025-06-01", "2025-06-01", False), ("2026-02-26", "2026-03-01", True)]


def test_files_whose_run_failed_are_asked_for_again_the_next_night(home: Home) -> None:
    drop(home, "2026-03-01")

    keys = [night(home, "UTC", datetime(2026, 3, day, 5, tzinfo=UTC))[0].run_key for day in (2, 3)]  # type: ignore[union-attr]

    assert len(set(keys)) == 2


def test_without_new_files_the_schedule_asks_for_the_centres_today(home: Home) -> None:
    # 05:00 in Shanghai on 2 March is still 1 March in UTC.
    found = night(home, "Asia/Shanghai", datetime(2026, 3, 1, 21, tzinfo=UTC))

    assert asked(found) == [("2026-03-02", "2026-03-02", True)]


def test_sensor_and_schedule_ask_for_new_files_only(home: Home) -> None:
    from orchestration.defs.sensors import new_files

    drop(home, "2026-03-01")
    runs = [
        *new_files(build_sensor_context(DagsterInstance.ephemeral())),
        *night(home, "UTC", datetime(2026, 3, 2, 5, tzinfo=UTC)),
    ]  # type: ignore[call-overload, misc]

    configs = [run.run_config["ops"]["landing"]["config"]["only_new"] for run in runs if isinstance(run, RunRequest)]
    assert configs == [True, True]


def test_a_file_out_of_balance_stops_the_publication_with_its_name(home: Home) -> None:
    ensure_manifest()
    from orchestration.defs.checks import every_record_is_accounted_for

    ledger(home, "good", read=10, accepted=6, quarantined=1, duplicate=2, ignored=1)
    assert every_record_is_accounted_for().passed  # type: ignore[union-attr]

    ledger(home, "bad", read=10, accepted=6, quarantined=1, duplicate=2, ignored=0)
    result = every_record_is_accounted_for()
    assert not result.passed  # type: ignore[union-attr]
    assert result.description == "pbx/2026-01-05/bad: 10 records read, 9 accounted for"  # type: ignore[union-attr]
    assert every_record_is_accounted_for.check_specs_by_output_name["result"].blocking is True


def test_a_file_that_gave_nothing_fails_its_check_with_its_name(home: Home) -> None:
    ensure_manifest()
    from orchestration.defs.checks import every_file_gave_records, no_source_has_more_in_quarantine_than_usual

    ledger(home, "good", read=100, accepted=95, quarantined=5, duplicate=0, ignored=0)
    assert every_file_gave_records().passed  # type: ignore[union-attr]

    ledger(home, "bad", read=9, accepted=0, quarantined=9, duplicate=0, ignored=0)
    result = every_file_gave_records()
    assert not result.passed  # type: ignore[union-attr]
    assert result.description.startswith("pbx/2026-01-05/bad: not one record was accepted. 9 of 9 records")  # type: ignore[union-attr]
    assert no_source_has_more_in_quarantine_than_usual().passed  # type: ignore[union-attr]


def test_more_in_quarantine_than_usual_fails_its_check_with_the_file(home: Home) -> None:
    ensure_manifest()
    from orchestration.defs.checks import every_file_gave_records, no_source_has_more_in_quarantine_than_usual

    ledger(home, "more", read=100, accepted=90, quarantined=10, duplicate=0, ignored=0)
    result = no_source_has_more_in_quarantine_than_usual()
    assert not result.passed  # type: ignore[union-attr]
    assert result.description.startswith("pbx/2026-01-05/more: 10 of 100 records")  # type: ignore[union-attr]
    assert every_file_gave_records().passed  # type: ignore[union-attr]


def test_a_file_that_could_not_be_read_is_named_until_it_is_mended_or_taken_away(home: Home) -> None:
    ensure_manifest()
    from orchestration.defs.checks import every_file_could_be_read

    ledger(home, "good", read=1, accepted=1)
    assert every_file_could_be_read().passed  # type: ignore[union-attr]

    broken = drop(home, "2026-01-05", "broken.gz")
    ledger(home, "broken.gz", state="failed", message="It is no gzip. Drop it again.")
    result = every_file_could_be_read()
    assert not result.passed  # type: ignore[union-attr]
    assert result.description == "pbx/2026-01-05/broken.gz: It is no gzip. Drop it again."  # type: ignore[union-attr]

    broken.unlink()
    assert every_file_could_be_read().passed  # type: ignore[union-attr]


def test_an_empty_home_is_in_balance(home: Home) -> None:
    assert unbalanced_files(home) == []
    assert describe([("a", 2, 1), ("b", 2, 1)], limit=1) == "a: 2 records read, 1 accounted for\nand 1 more"
