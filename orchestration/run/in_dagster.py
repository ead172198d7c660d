"""The part of a run that Dagster does: jobs executed in this process, on the instance of the home."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from contextlib import redirect_stdout
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dagster import BetaWarning, DagsterExecutionInterruptedError, DagsterInstance, Definitions, RunConfig
from sqlalchemy.exc import SQLAlchemyError

from orchestration.defs.causes import failure_text, is_interrupted
from orchestration.defs.dagster_inside import execute_with_origin
from orchestration.defs.instance import clear_killed_runs, open_instance
from orchestration.defs.kept_connections import kept_connections
from orchestration.defs.partitions import calendar_zone, day_ranges
from orchestration.defs.range_tags import range_tags
from orchestration.defs.records import damaged_records, set_records_aside
from orchestration.defs.run_tags import ASKED_BY_TAG, COMMAND_LINE_TAG
from orchestration.home.errors import RunError
from orchestration.home.paths import Home
from orchestration.home.progress import say
from orchestration.run.imported import kept_for_good
from orchestration.run.work import Work
from orchestration.warehouse.dbt_project import ensure_manifest

DISK = "Remedy: see that there is room on the disk and that the folder may be written, then run again."

# Every step writes several lines; the instance keeps them all, people see the progress.
QUIET_LOGGERS = {"console": {"config": {"log_level": "CRITICAL"}}}


def run_jobs(home: Home, days: Iterable[date], work: Work) -> list[str]:
    """Take the new files of the landing days, and make what is to be made again.

    Returns what people should hear of: Dagster's records begin anew if they can't be read. Raises RunError if a step
    fails.
    """
    days = list(days)
    told = [_begun_anew(home)] if damaged_records(home) else []
    try:
        _run_jobs(home, days, work)
    except SQLAlchemyError as error:
        if not damaged_records(home):
            raise RunError(f"Dagster can't keep its records in {home.dagster_home}: {error.args[0]}. {DISK}") from None
        told.append(_begun_anew(home))
        _run_jobs(home, days, work)
    return told


def _begun_anew(home: Home) -> str:
    aside = set_records_aside(home)
    return f"Dagster's records of earlier runs could not be read. They are in {aside} now, and new ones begin."


def _run_jobs(home: Home, days: list[date], work: Work) -> None:
    ensure_manifest()
    # Backfill policies are marked beta by Dagster; the versions here are locked, and people can't do anything about it.
    warnings.filterwarnings("ignore", category=BetaWarning)
    with kept_for_good():
        from orchestration.definitions import definitions_of
        from orchestration.defs.assets.landing import ONLY_NEW
        from orchestration.defs.assets.warehouse import WarehouseConfig  # needs the manifest
        from orchestration.defs.jobs import LANDING_ONLY, job_from
        from orchestration.defs.old_runs import forget_old_runs

    today = datetime.now(ZoneInfo(calendar_zone(home))).date()
    # Dates are a job of their own, after the files: what a job is for, its landing days or its dates, it is for alone.
    ranges = [*day_ranges(days), work.dates] if work.dates else day_ranges(days) or [(today, today)]
    config = RunConfig(loggers=QUIET_LOGGERS)
    if work.first == "build":
        warehouse = WarehouseConfig(as_of=work.as_of.isoformat() if work.as_of else None, whole=work.whole)
        landing = {} if work.dates else ONLY_NEW
        config = RunConfig(ops={**landing, "warehouse": warehouse}, loggers=QUIET_LOGGERS)
    # dbt's lines go to a file: people see the progress, and the cause if a step fails.
    with (
        (home.dbt_state / "console.log").open("w", encoding="utf-8") as log,
        redirect_stdout(log),
        open_instance(home) as instance,
    ):
        clear_killed_runs(instance)
        forget_old_runs(home, instance)
        with kept_for_good():
            defs = definitions_of(home)
            job = job_from(work.first, site=work.site, dates=work.dates is not None)
        # After what removes databases of old runs: their files would be held open.
        with kept_connections(instance):
            for first, last in ranges[:-1]:
                only_landing = RunConfig(ops=dict(ONLY_NEW), loggers=QUIET_LOGGERS)
                execute_job(instance, defs, LANDING_ONLY.name, first, last, only_landing)
            execute_job(instance, defs, job, *ranges[-1], config)


def execute_job(
    instance: DagsterInstance, defs: Definitions, job_name: str, first: date, last: date, config: RunConfig
) -> None:
    """Execute a job for a range of landing days in this process. Raises RunError, with the causes, if it fails."""
    say(f"running the job {job_name}")
    try:
        result = execute_with_origin(
            instance,
            defs.resolve_job_def(job_name),
            config.to_config_dict(),  # type: ignore[no-untyped-call]
            {**range_tags(first, last), COMMAND_LINE_TAG: "true", ASKED_BY_TAG: "command_line"},
        )
    except DagsterExecutionInterruptedError:
        # Dagster's own name for it, once the run is marked as ended.
        raise KeyboardInterrupt from None
    if is_interrupted(result.all_events):
        raise KeyboardInterrupt
    if not result.success:
        told = failure_text(result.all_events)
        raise RunError(told or "the run did not succeed; Dagster's UI shows its log (scorehouse serve).")
