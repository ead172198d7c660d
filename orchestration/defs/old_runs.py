"""Dagster's records of old runs go, so that its files stay of one size over the years.

A run leaves some 10 MB: the events of every table and every check, and what dbt printed. What stays of an old one is
that its landing days were taken, which Dagster's calendar of landing shows for good.
"""

from __future__ import annotations

from collections.abc import Collection

from dagster import (
    AssetMaterialization,
    AssetRecordsFilter,
    DagsterEventType,
    DagsterInstance,
    DagsterRunStatus,
    RunsFilter,
)

from orchestration.defs.assets.landing import LANDING
from orchestration.defs.records import remove_run_files, shrink_index
from orchestration.home.paths import Home

KEPT_RUNS = 30
"""A month of nights. The metadata that Dagster plots over runs go back as far."""

_ENDED = [DagsterRunStatus.SUCCESS, DagsterRunStatus.FAILURE, DagsterRunStatus.CANCELED]
_AT_ONCE = 500


def forget_old_runs(home: Home, instance: DagsterInstance, kept: int = KEPT_RUNS) -> int:
    """Remove all but the newest of the runs that have ended, with their events and logs; return how many went."""
    old = list(instance.get_run_ids(RunsFilter(statuses=_ENDED)))[kept:]
    if not old:
        return 0
    last_known = _landing_days_of(instance, set(old))
    for run_id in old:
        instance.delete_run(run_id)
        instance.compute_log_manager.delete_logs(prefix=[run_id])
    for materialization in last_known:
        instance.report_runless_asset_event(materialization)
    remove_run_files(home, old)
    shrink_index(home, old)
    return len(old)


def _landing_days_of(instance: DagsterInstance, runs: Collection[str]) -> list[AssetMaterialization]:
    """Return what Dagster shows of the landing days that none but these runs have taken last."""
    kind = DagsterEventType.ASSET_MATERIALIZATION
    newest = sorted(instance.get_latest_storage_id_by_partition(LANDING, kind).values())
    found = []
    for begin in range(0, len(newest), _AT_ONCE):
        asked = AssetRecordsFilter(asset_key=LANDING, storage_ids=newest[begin : begin + _AT_ONCE])
        for record in instance.fetch_materializations(asked, limit=_AT_ONCE, ascending=True).records:
            if record.run_id in runs and record.asset_materialization is not None:
                found.append(record.asset_materialization)
    return found
