"""Dagster's event log is written on connections that stay open, and is the same log to whoever else reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from dagster import AssetMaterialization, DagsterInstance, asset, materialize

from orchestration.defs.instance import open_instance
from orchestration.defs.kept_connections import KEPT, kept_connections
from orchestration.home.paths import Home


@asset
def a_table() -> None:
    """A table of which nothing is made."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.create_folders()
    return home


def open_databases(home: Home) -> set[str]:
    """The names of the event log's databases that this process holds open."""
    targets = {str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()}
    return {
        Path(target).name for target in targets if target.startswith(str(home.dagster_home)) and target[-3:] == ".db"
    }


def run_once(instance: DagsterInstance) -> str:
    return materialize([a_table], instance=instance).run_id


def stopped_after(run: str) -> None:
    raise RuntimeError(f"stopped after {run}")


def test_another_reader_sees_at_once_what_is_stored(home: Home) -> None:
    with open_instance(home) as instance, kept_connections(instance):
        run = run_once(instance)
        with open_instance(home) as other:
            assert [event.message for event in other.all_logs(run)] == [
                event.message for event in instance.all_logs(run)
            ]
            assert len(other.all_logs(run)) > 5
            assert other.get_latest_materialization_event(a_table.key).run_id == run  # type: ignore[union-attr]


def test_what_another_process_stores_is_seen(home: Home) -> None:
    with open_instance(home) as instance, kept_connections(instance):
        run_once(instance)
        with open_instance(home) as other:
            other.report_runless_asset_event(AssetMaterialization("told_elsewhere"))
        assert "told_elsewhere" in {key.to_user_string() for key in instance.all_asset_keys()}


def test_a_run_opens_the_index_and_its_own_log_once_and_few_logs_stay_open(home: Home) -> None:
    with open_instance(home) as instance, kept_connections(instance):
        first = run_once(instance)
        assert open_databases(home) == {"index.db", f"{first}.db"}
        runs = [run_once(instance) for _ in range(KEPT)]
        assert open_databases(home) == {"index.db", *(f"{run}.db" for run in runs[1:])}


def test_nothing_stays_open_and_the_storage_connects_as_ever_after_it(home: Home) -> None:
    with open_instance(home) as instance:
        with pytest.raises(RuntimeError, match="stopped"), kept_connections(instance):
            stopped_after(run_once(instance))
        assert open_databases(home) == set()
        run_once(instance)
        assert open_databases(home) == set()


def test_another_storage_than_sqlite_is_left_alone() -> None:
    with DagsterInstance.ephemeral() as instance, kept_connections(instance):
        assert len(instance.all_logs(run_once(instance))) > 5
