"""The sensor on the landing folder: new files ask for a run of their landing days."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dagster import DefaultSensorStatus, RunRequest, SensorEvaluationContext, SkipReason, sensor

from orchestration.centre import load_centre
from orchestration.defs.assets.landing import only_new_config
from orchestration.defs.jobs import LANDING_ONLY, WHOLE_WAY
from orchestration.defs.partitions import day_ranges
from orchestration.defs.range_tags import range_tags
from orchestration.home.paths import Home
from orchestration.landing.rest import Looks
from orchestration.landing.taking import find_new_files
from orchestration.readers.findings import LandingFile


@sensor(
    jobs=[WHOLE_WAY, LANDING_ONLY],
    minimum_interval_seconds=60,
    default_status=DefaultSensorStatus.RUNNING,
    description="Asks for a run when files lie in landing/ that were not taken yet.",
)
def new_files(context: SensorEvaluationContext) -> Iterator[RunRequest | SkipReason]:
    """Ask for one run per stretch of landing days with new files; the last of them goes the whole way.

    The run key names the files, so that the same files are asked for once, and a changed file again.
    """
    home = Home.from_env()
    Looks(home).remember()
    files = find_new_files(home, load_centre(home))
    if not files:
        yield SkipReason("No new files in landing/.")
    for stretch in stretches(files):
        yield RunRequest(
            run_key=stretch.key,
            job_name=(WHOLE_WAY if stretch.is_last else LANDING_ONLY).name,
            run_config=only_new_config(),
            tags=range_tags(stretch.first, stretch.last),
        )


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
    return digest.hexdigest()
