"""The sensor on runs that ended well: the records of old ones go, where no command line does so."""

from __future__ import annotations

from dagster import DagsterRunStatus, DefaultSensorStatus, RunStatusSensorContext, SkipReason, run_status_sensor

from orchestration.defs.old_runs import KEPT_RUNS, forget_old_runs
from orchestration.home.paths import Home


@run_status_sensor(
    run_status=DagsterRunStatus.SUCCESS,
    minimum_interval_seconds=60,
    default_status=DefaultSensorStatus.RUNNING,
    description=f"Removes Dagster's records of all but the last {KEPT_RUNS} runs.",
)
def ended_runs(context: RunStatusSensorContext) -> SkipReason:
    """Remove the records of old runs; landing days stay known as taken."""
    gone = forget_old_runs(Home.from_env(), context.instance)
    return SkipReason(f"Records of {gone} old runs were removed.")
