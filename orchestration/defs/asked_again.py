"""When the sensor asks once more for what a run of its own did not bring to its end.

As long as a run of its own goes on nothing more is asked for: it may be taking these files, and one after it takes all
that came meanwhile. What it asked for is known by the files and by the settings of the home: with any of them changed
it is another thing, and is asked for at once. Otherwise each try waits longer after the end of the one before, so that
a lasting fault makes a run a day, and each of these failures is told to people.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dagster import DagsterInstance, DagsterRun, DagsterRunStatus, RunRecord, RunsFilter

from orchestration.defs.jobs import WHOLE_WAY
from orchestration.home.paths import Home

FILES_TAG = "scorehouse/files"
"""A digest of the files that the sensor asked for, a dot, and one of the settings."""
TRY_TAG = "scorehouse/try"

WAITS = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
"""How long after the first, second, ... try the next one is made; the last of them for good."""

_FAILED = {DagsterRunStatus.FAILURE, DagsterRunStatus.CANCELED}
_UNFINISHED = [status for status in DagsterRunStatus if status not in {*_FAILED, DagsterRunStatus.SUCCESS}]


@dataclass(frozen=True)
class Try:
    """What a run is asked for with: the digests of what it is for, and which try of it this is."""

    what: str
    number: int

    @property
    def key(self) -> str:
        """Return the run key, by which Dagster asks for each try once."""
        return f"{self.what} {self.number}"

    @property
    def tags(self) -> dict[str, str]:
        """Return the tags by which the next try finds this one."""
        return {FILES_TAG: self.what, TRY_TAG: str(self.number)}


@dataclass(frozen=True)
class Wait:
    """Why nothing is asked for yet, in words for the sensor's page."""

    why: str


def next_try(instance: DagsterInstance, home: Home, files: str, now: datetime | None = None) -> Try | Wait:
    """Return the try to be made of files, by their digest, or what is waited for; no run for them goes on."""
    what = f"{files}.{_settings(home)}"
    found = instance.get_run_records(RunsFilter(tags={FILES_TAG: what}), limit=1)
    if not found:
        return Try(what, 1)
    (last,) = found
    run, number = last.dagster_run, int(last.dagster_run.tags.get(TRY_TAG, "1"))
    due = _ended_at(last) + WAITS[min(number, len(WAITS)) - 1]
    if (now or datetime.now(UTC)) >= due:
        return Try(what, number + 1)
    return Wait(
        f"run {run.run_id} ended as {run.status.value} and left something to do. It is asked for again at "
        f"{due:%Y-%m-%d %H:%M} UTC, or as soon as a file, centre.yaml or policy.yaml changes"
    )


def going_on(instance: DagsterInstance, sensor_name: str) -> DagsterRun | None:
    """Return a run that the sensor asked for and that has not ended."""
    own = {"dagster/sensor_name": sensor_name}
    return next(iter(instance.get_runs(RunsFilter(statuses=_UNFINISHED, tags=own), limit=1)), None)


def failed_last(instance: DagsterInstance, sensor_name: str) -> DagsterRun | None:
    """Return the sensor's last run of the whole way if that failed, though it may have taken its files."""
    own = RunsFilter(job_name=WHOLE_WAY.name, tags={"dagster/sensor_name": sensor_name})
    found = instance.get_runs(own, limit=1)
    is_failed = bool(found) and found[0].status in _FAILED
    return found[0] if is_failed and FILES_TAG in found[0].tags else None


def files_of(run: DagsterRun) -> str:
    """Return the digest of the files that a run of the sensor was for."""
    return run.tags[FILES_TAG].partition(".")[0]


def _ended_at(record: RunRecord) -> datetime:
    if record.end_time is not None:
        return datetime.fromtimestamp(record.end_time, UTC)
    # It ended before it began: nobody could start it.
    return record.update_timestamp


def _settings(home: Home) -> str:
    digest = hashlib.sha256()
    for path in (home.centre_file, home.policy_file):
        digest.update(path.read_bytes() if path.is_file() else b"")
        digest.update(b"\0")
    return digest.hexdigest()[:16]
