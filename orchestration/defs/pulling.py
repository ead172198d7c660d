"""The job of sources that are pulled, and the sensor that asks for it as often as each of them says."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dagster import (
    AssetChecksDefinition,
    AssetsDefinition,
    AssetSelection,
    DefaultSensorStatus,
    RunRequest,
    SensorDefinition,
    SensorEvaluationContext,
    SkipReason,
    define_asset_job,
    in_process_executor,
    sensor,
)

from orchestration.defs.assets.pulled import freshness_check, key_of, pulled_asset, sources_of
from orchestration.defs.dagster_inside import AssetJob
from orchestration.home.paths import Home
from orchestration.sources.pulled.settings import PulledSource


@dataclass(frozen=True)
class Pulling:
    """What Dagster is told of a home's sources that are pulled; nothing without any."""

    assets: Sequence[AssetsDefinition] = ()
    checks: Sequence[AssetChecksDefinition] = ()
    jobs: Sequence[AssetJob] = ()
    sensors: Sequence[SensorDefinition] = ()


def pulling(home: Home) -> Pulling:
    """Return what Dagster is told of the sources that a home pulls."""
    sources = sources_of(home)
    if not sources:
        return Pulling()
    job = define_asset_job(
        "pull",
        AssetSelection.assets(*(key_of(source.name) for source in sources)),
        executor_def=in_process_executor,
        description="Pull what is new of databases and APIs into landing/, where the sensor on new files finds it.",
    )
    return Pulling(
        [pulled_asset(source) for source in sources],
        [freshness_check(source) for source in sources],
        [job],
        [_due_sensor(sources, job)],
    )


def _due_sensor(sources: Sequence[PulledSource], job: AssetJob) -> SensorDefinition:
    @sensor(
        job=job,
        minimum_interval_seconds=60,
        default_status=DefaultSensorStatus.RUNNING,
        description="Asks for a pull of each source as often as its `every` says.",
    )
    def due_pulls(_: SensorEvaluationContext) -> Iterator[RunRequest | SkipReason]:
        """Ask for one run per source and stretch of its `every`; the run key names both, so that it comes once."""
        for source in sources:
            stretch = int(time.time() // source.every.total_seconds())
            # A run per source: one that fails holds up no other.
            yield RunRequest(run_key=f"{source.name} {stretch}", asset_selection=[key_of(source.name)])

    return due_pulls
