"""What is used of the inside of Dagster and dagster-dbt, which a new version of either may move.

Nothing public gives the same:

- A run of the command line has an origin, like every run that Dagster's UI begins. Without one its timeline leaves the
  run out, and the sensor of failed runs tells nobody of it. `execute_job` and `execute_in_process` make the run
  themselves, without origin; what makes one with an origin starts a process that loads the graph once more.
- A run of the command line holds the home, and asks for no slot of a pool. A step of the daemon that has the slot waits
  for the home, and the two would wait for each other.
- What `define_asset_job` gives has no public name.
- What a step prints is followed by two processes, which Ctrl-C at a terminal ends as well, with a stack of their own.
- dagster-dbt asks dbt for its version in a process, and loads the project in this one as well.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from typing import Any

from dagster import DagsterInstance, JobDefinition, JobExecutionResult
from dagster._core.definitions.job_base import InMemoryJob
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition as AssetJob
from dagster._core.execution import compute_logs
from dagster._core.execution.api import execute_run
from dagster._core.instance.config import PoolConfig, PoolGranularity
from dagster._core.remote_origin import (
    ManagedGrpcPythonEnvCodeLocationOrigin,
    RemoteJobOrigin,
    RemoteRepositoryOrigin,
)
from dagster._core.types.loadable_target_origin import LoadableTargetOrigin
from dagster_dbt import DbtCliResource
from packaging.version import Version

from orchestration.defs.instance import DEFINITIONS_MODULE

__all__ = ["AssetJob", "DbtAsProcess", "execute_with_origin"]


class _Apart:
    """The module `subprocess`, but that what it starts hears of no signal to the terminal's processes."""

    Popen = partial(subprocess.Popen, start_new_session=True)

    def __getattr__(self, name: str) -> Any:
        return getattr(subprocess, name)


# They end with the process that they follow, however that ends.
compute_logs.subprocess = _Apart()  # type: ignore[assignment, attr-defined]


def execute_with_origin(
    instance: DagsterInstance, job: JobDefinition, run_config: Mapping[str, Any], tags: Mapping[str, str]
) -> JobExecutionResult:
    """Execute a job in this process, as a run of the job that Dagster's UI shows; failures are in what is returned.

    The caller holds the home.
    """
    run = instance.create_run_for_job(
        job_def=job,
        run_config=run_config,
        tags={**job.run_tags, **tags},
        remote_job_origin=_origin(job.name),
    )
    with _without_pools(instance):
        return execute_run(InMemoryJob(job), run, instance)


@contextmanager
def _without_pools(instance: DagsterInstance) -> Iterator[None]:
    storage = instance.event_log_storage
    # Pools by run are the business of the daemon's queue: no step asks for a slot.
    pools = PoolConfig(pool_granularity=PoolGranularity.RUN, default_pool_limit=None, op_granularity_run_buffer=None)
    storage.get_pool_config = lambda: pools  # type: ignore[method-assign]
    try:
        yield
    finally:
        del storage.get_pool_config


def _origin(job_name: str) -> RemoteJobOrigin:
    target = LoadableTargetOrigin(executable_path=sys.executable, module_name=DEFINITIONS_MODULE)
    location = ManagedGrpcPythonEnvCodeLocationOrigin(loadable_target_origin=target, location_name=DEFINITIONS_MODULE)
    return RemoteJobOrigin(
        repository_origin=RemoteRepositoryOrigin(code_location_origin=location, repository_name="__repository__"),
        job_name=job_name,
    )


class DbtAsProcess(DbtCliResource):
    """dbt as a process only: without starting it once more for its version, and without loading it in this process.

    Both serve row counts and column metadata that are not asked for here, and cost five seconds of a run.
    """

    @property
    def _cli_version(self) -> Version:
        return Version(version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> None:  # type: ignore[override]
        return None
