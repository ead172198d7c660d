"""The part of a run that Dagster does: jobs executed in this process, on the instance of the home."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from contextlib import redirect_stdout
from datetime import date, datetime

from dagster import BetaWarning, DagsterInstance, ExecuteInProcessResult, RunConfig

from orchestration.dagster_instance import COMMAND_LINE_TAG, clear_killed_runs, open_instance
from orchestration.dbt_project import ensure_manifest
from orchestration.partitions import FIRST_DAY, day_ranges
from orchestration.progress import say
from orchestration.range_tags import range_tags
from orchestration.run import RunError
from orchestration.settings import Home

# Every step writes several lines; the instance keeps them all, people see the progress.
QUIET = RunConfig(loggers={"console": {"config": {"log_level": "CRITICAL"}}})


def run_jobs(home: Home, days: Iterable[date], site: bool, as_of: datetime | None) -> None:
    """Take the files of the landing days, build, publish and (with `site`) write the pages.

    Raises RunError if a step or a blocking check fails.
    """
    ensure_manifest()
    # Backfill policies are marked beta by Dagster; the versions here are locked, and people can't do anything about it.
    warnings.filterwarnings("ignore", category=BetaWarning)
    from orchestration.assets.warehouse import WarehouseConfig  # needs the manifest
    from orchestration.jobs import LANDING_ONLY, WHOLE_WAY, WITHOUT_PAGES

    ranges = day_ranges(days) or [(FIRST_DAY, FIRST_DAY)]
    config = RunConfig(
        ops={"warehouse": WarehouseConfig(as_of=as_of.isoformat() if as_of else None)}, loggers=QUIET.loggers
    )
    # dbt's lines go to a file: people see the progress, and the cause if a step fails.
    with (
        (home.dbt_state / "console.log").open("w", encoding="utf-8") as log,
        redirect_stdout(log),
        open_instance(home) as instance,
    ):
        clear_killed_runs(instance)
        for first, last in ranges[:-1]:
            _execute(instance, LANDING_ONLY.name, first, last, QUIET)
        job = WHOLE_WAY if site else WITHOUT_PAGES
        _execute(instance, job.name, *ranges[-1], config)


def _execute(instance: DagsterInstance, job: str, first: date, last: date, config: RunConfig) -> None:
    from orchestration.definitions import defs

    say(f"running the job {job}")
    result = defs.resolve_job_def(job).execute_in_process(
        run_config=config,
        instance=instance,
        tags=range_tags(first, last) | {COMMAND_LINE_TAG: "true"},
        raise_on_error=False,
    )
    if not result.success:
        raise RunError(_causes(result))


def _causes(result: ExecuteInProcessResult) -> str:
    lines = []
    for event in result.filter_events(lambda event: event.is_step_failure):
        error = event.step_failure_data.error
        cause = error
        while cause is not None and cause.cause is not None:
            cause = cause.cause
        lines.append(f"step {event.step_key} failed. {cause.message.strip() if cause else ''}")
    for evaluation in result.get_asset_check_evaluations():
        if not evaluation.passed and evaluation.severity.value == "ERROR":
            name = f"{evaluation.asset_key.to_user_string()}: {evaluation.check_name}"
            lines.append(f"check {name} failed. {evaluation.description or ''}")
    return "\n".join(lines) or "the run did not succeed; Dagster's UI shows its log (scorehouse serve)."
