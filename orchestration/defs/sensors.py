"""The sensor on the landing folder: new files ask for a run of their landing days."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dagster import DagsterInstance, DefaultSensorStatus, RunRequest, SensorEvaluationContext, SkipReason, sensor

from orchestration.centre import load_centre
from orchestration.defs.asked_again import Try, Wait, failed_last, files_of, going_on, next_try
from orchestration.defs.assets.landing import only_new_config
from orchestration.defs.instance import fail_abandoned_runs
from orchestration.defs.jobs import LANDING_ONLY, WHOLE_WAY
from orchestration.defs.partitions import day_ranges
from orchestration.defs.range_tags import range_tags
from orchestration.home.paths import Home
from orchestration.landing.rest import Looks
from orchestration.landing.taking import find_new_files
from orchestration.readers.findings import LandingFile
from orchestration.site.site_state import first_stale

NAME = "new_files"


@sensor(
    name=NAME,
    jobs=[WHOLE_WAY, LANDING_ONLY],
    minimum_interval_seconds=60,
    default_status=DefaultSensorStatus.RUNNING,
    description="Asks for a run when files lie in landing/ that were not taken yet, and again, later each time, for "
    "what a run of its own left undone.",
)
def new_files(context: SensorEvaluationContext) -> Iterator[RunRequest | SkipReason]:
    """Ask for one run per stretch of landing days with new files; the last of them goes the whole way.

    The run key names files, settings and the try, so that each is asked for once, and a changed file at once.
    """
    home = Home.from_env()
    Looks(home).remember()
    fail_abandoned_runs(context.instance)
    if (run := going_on(context.instance, NAME)) is not None:
        yield SkipReason(f"Run {run.run_id} goes on: what it leaves is asked for after it.")
        return
    files = find_new_files(home, load_centre(home))
    asked = stretches(files) if files else _left_undone(context.instance, home)
    found = {stretch: next_try(context.instance, home, stretch.key) for stretch in asked}
    waits = [
        f"{stretch.first} to {stretch.last}: {one.why}." for stretch, one in found.items() if isinstance(one, Wait)
    ]
    if len(waits) == len(found):
        # Dagster takes either reasons to skip or requests.
        yield SkipReason("\n".join(waits) or "No new files in landing/.")
    for stretch, one in found.items():
        if isinstance(one, Try):
            yield RunRequest(
                run_key=one.key,
                job_name=(WHOLE_WAY if stretch.is_last else LANDING_ONLY).name,
                run_config=only_new_config(),
                tags=range_tags(stretch.first, stretch.last) | one.tags,
            )


def _left_undone(instance: DagsterInstance, home: Home) -> list[Stretch]:
    """Return what the last run was for if it failed after it had taken its files, and nobody has done it since."""
    run = failed_last(instance, NAME)
    if run is None or first_stale(home) is None:
        return []
    first, last = (date.fromisoformat(run.tags[tag]) for tag in range_tags(date.min, date.max))
    return [Stretch(first, last, key=files_of(run), is_last=True)]


@dataclass(frozen=True)
class Stretch:
    """Landing days that one run is for; the key names the files, the last stretch goes the whole way."""

    first: date
    last: date
    key: str
    is_last: bool


def stretches(files: list[LandingFile]) -> list[Stretch]:
    """Return the stretches of landing days in which new files lie."""
    ranges = day_ranges(file.day for file in files)
    return [
        Stretch(
            first,
            last,
            key=_run_key([file for file in files if first <= file.day <= last]),
            is_last=(first, last) == ranges[-1],
        )
        for first, last in ranges
    ]


def _run_key(files: list[LandingFile]) -> str:
    digest = hashlib.sha256()
    for file in files:
        state = file.path.stat()
        digest.update(f"{file.source}\0{file.day}\0{file.name}\0{state.st_size}\0{state.st_mtime_ns}\0".encode())
    return digest.hexdigest()[:32]
