"""The sensor on failed runs: tells people, with the remedy first."""

from __future__ import annotations

from collections.abc import Iterator

from dagster import (
    DagsterEvent,
    DagsterEventType,
    DefaultSensorStatus,
    RunFailureSensorContext,
    SkipReason,
    run_failure_sensor,
)

from orchestration.defs.causes import failure_text
from orchestration.defs.run_tags import COMMAND_LINE_TAG
from orchestration.home.alerts import alerts_of, tell_failure
from orchestration.home.paths import Home


@run_failure_sensor(
    minimum_interval_seconds=30,
    default_status=DefaultSensorStatus.RUNNING,
    description="Mails or posts what failed, and the remedy, to the addresses of SCOREHOUSE_ALERTS or state/alerts.",
)
def failed_runs(context: RunFailureSensorContext) -> Iterator[SkipReason]:
    """Tell of a run that Dagster started; a failed command line has told of itself."""
    home = Home.from_env()
    run = context.dagster_run
    if run.tags.get(COMMAND_LINE_TAG):
        yield SkipReason(f"Run {run.run_id} was a command line's, which tells of itself.")
        return
    if not alerts_of(home).addresses:
        yield SkipReason("No addresses: neither SCOREHOUSE_ALERTS nor state/alerts names any.")
        return
    told = failure_text(_events(context))
    told = told or context.failure_event.message or "It ended without saying why."
    tell_failure(home, f"Scorehouse: the run {run.job_name} failed", f"{told}\n\nRun {run.run_id}, home {home.root}")


def _events(context: RunFailureSensorContext) -> Iterator[DagsterEvent]:
    kinds = {DagsterEventType.STEP_FAILURE, DagsterEventType.ASSET_CHECK_EVALUATION}
    for record in context.instance.get_records_for_run(context.dagster_run.run_id, of_type=kinds).records:
        event = record.event_log_entry.dagster_event
        if event is not None:
            yield event
