"""Sources that are pulled in Dagster: a step, a pool and a freshness check each, and no secret in its records."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from dagster import (
    AssetKey,
    DagsterInstance,
    Definitions,
    MetadataValue,
    RunRequest,
    TableMetadataValue,
    build_sensor_context,
)

from orchestration.fetch import http_client
from orchestration.home.paths import Home
from orchestration.warehouse.dbt_project import ensure_manifest
from tests.support.desk_api import DeskApi, desk_api
from tests.support.pulled import records
from tests.test_fetch_cli import CENTRE
from tests.test_fetch_http import TOKEN, says, tickets

pytestmark = pytest.mark.server


@pytest.fixture
def api() -> Iterator[DeskApi]:
    with desk_api() as running:
        yield running


@pytest.fixture
def home(api: DeskApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("SCOREHOUSE_HOME", str(tmp_path))
    monkeypatch.setenv("DESK_TOKEN", TOKEN)
    monkeypatch.setenv("OTHER_URL", f"postgresql://reader:{TOKEN}@127.0.0.1:9/desk")
    monkeypatch.setattr(http_client, "BACKOFF_SECONDS", 0.01)
    ensure_manifest()
    from orchestration.defs.assets import remedy

    monkeypatch.setattr(remedy, "FIRST_WAIT_SECONDS", 0.01)
    (tmp_path / "centre.yaml").write_text(CENTRE.replace("URL", api.url, 1))
    return Home(tmp_path)


def definitions(home: Home) -> Definitions:
    ensure_manifest()
    from orchestration.definitions import definitions_of

    return definitions_of(home)


def pull(home: Home, *names: str) -> tuple[bool, dict[str, Any], str]:
    """Run the job on some sources: whether it went well, metadata of each, and everything that Dagster kept of it."""
    with DagsterInstance.ephemeral() as instance:
        job = definitions(home).resolve_job_def("pull")
        chosen = [AssetKey(["pulled", name]) for name in names]
        result = job.execute_in_process(instance=instance, raise_on_error=False, asset_selection=chosen)
        kept = "\n".join(str(record.event_log_entry) for record in instance.get_records_for_run(result.run_id).records)
        found = {
            event.asset_key.path[-1]: {name: _plain(value) for name, value in event.materialization.metadata.items()}
            for event in result.get_asset_materialization_events()
            if event.asset_key is not None
        }
    return result.success, found, kept


def test_each_source_has_a_step_and_a_pool_of_its_own_before_landing(home: Home) -> None:
    graph = definitions(home).resolve_asset_graph()
    key = next(key for key in graph.get_all_asset_keys() if key.path[-1].startswith("desk_2_"))
    assert graph.get(AssetKey("landing")).parent_keys == {AssetKey(["pulled", "desk"]), key}
    assets = definitions(home).resolve_job_def("pull").nodes
    assert sorted(next(iter(node.definition.pools)) for node in assets if node.definition.pools) == [
        "pull_desk",
        f"pull_{key.path[-1]}",
    ]


def test_files_are_taken_without_asking_a_database_first_and_freshness_is_told_each_time(home: Home) -> None:
    for name, checks in (("whole_way", 2), ("without_pages", 2), ("landing_only", 0), ("dates_anew", 0)):
        steps = [node.name for node in definitions(home).resolve_job_def(name).nodes]
        of_pulled = [step for step in steps if step.startswith("pulled__")]
        assert [step.endswith("_is_as_fresh_as_declared") for step in of_pulled] == [True] * checks


def test_a_home_that_pulls_nothing_has_no_job_of_it(home: Home) -> None:
    home.centre_file.write_text("name: X\ntime_zone: UTC\nsources: [{name: pbx, kind: asterisk_queue_log}]\n")
    names = {job.name for job in definitions(home).resolve_all_job_defs()}
    assert "pull" not in names


def test_a_pull_tells_rows_and_windows(home: Home, api: DeskApi) -> None:
    api.tickets = tickets(1, 2, 3)
    went_well, metadata, kept = pull(home, "desk")
    assert went_well
    told = metadata["desk"]
    assert (told["rows_read"], told["rows_new"], told["files"]) == (3, 3, 1)
    (window,) = [row.data for row in told["windows"].records]
    assert (window["stream"], window["rows"], window["first"], window["last"]) == (
        "tickets",
        3,
        "20260105T100100",
        "20260105T100300",
    )
    assert [record["id"] for record in records(home)] == [1, 2, 3]
    assert TOKEN not in kept


def test_a_source_that_is_down_is_tried_again_and_told_without_its_login(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    from orchestration.defs.assets import remedy

    caplog.set_level(logging.DEBUG)
    key = next(key for key in definitions(home).resolve_asset_graph().get_all_asset_keys() if "desk_2_" in key.path[-1])
    went_well, _, kept = pull(home, key.path[-1])
    assert not went_well
    assert kept.count("STEP_UP_FOR_RETRY") >= remedy.MOST_RETRIES
    assert "the database can't be reached, or broke off" in kept
    assert TOKEN not in kept
    assert TOKEN not in caplog.text


def test_a_login_that_is_refused_fails_at_once(home: Home, api: DeskApi) -> None:
    api.wrong = says(401)
    went_well, _, kept = pull(home, "desk")
    assert not went_well
    assert "STEP_UP_FOR_RETRY" not in kept
    assert "the API refuses the login (401). Remedy: mend `auth`" in kept
    assert TOKEN not in kept


def test_a_source_is_fresh_as_long_as_its_lag_says(home: Home, api: DeskApi) -> None:
    assert _fresh(home) == (False, "desk: it was never pulled whole; its lag is 2:00:00")
    pull(home, "desk")
    assert _fresh(home)[0]
    record = home.pulled / "desk" / "tickets.json"
    old = (datetime.now(UTC) - timedelta(hours=2, minutes=1)).isoformat(timespec="seconds")
    record.write_text(json.dumps(json.loads(record.read_text()) | {"completed_at": old}))
    assert not _fresh(home)[0]
    api.wrong = says(500)
    pull(home, "desk")
    assert not _fresh(home)[0], "a pull that failed makes nothing fresh"


def test_the_sensor_asks_once_for_each_source_in_each_stretch(home: Home) -> None:
    defs = definitions(home)
    (sensor,) = [one for one in defs.sensors or [] if one.name == "due_pulls"]
    with DagsterInstance.ephemeral() as instance:
        context = build_sensor_context(instance=instance, definitions=defs)
        first = [request for request in sensor(context) if isinstance(request, RunRequest)]  # type: ignore[union-attr]
        again = [request for request in sensor(context) if isinstance(request, RunRequest)]  # type: ignore[union-attr]
    assert [len(request.asset_selection or []) for request in first] == [1, 1]
    assert len({request.run_key for request in first}) == 2
    assert {request.run_key for request in first} == {request.run_key for request in again}


def _plain(value: MetadataValue[Any]) -> Any:
    return value if isinstance(value, TableMetadataValue) else value.value


def _fresh(home: Home) -> tuple[bool, str]:
    from orchestration.defs.assets.pulled import freshness_check, sources_of

    result = freshness_check(sources_of(home)[0])()
    return result.passed, str(result.description)  # type: ignore[union-attr]
