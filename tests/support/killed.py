"""A home whose runs are cut off before a given step, and what is compared with one that never was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from orchestration.home import durable
from orchestration.landing.take import take_files
from orchestration.landing.taking import KnownFiles, find_new_files, recover
from tests.support.land_home import LandHome

Move = Callable[[LandHome], object]

# When a file was dropped and taken differs from home to home; parts are named anew at each taking.
NOT_COMPARED = ("taken_at", "modified_ns", "changed_ns", "parts", "findings")


class Killed(BaseException):
    """What a killed process would not have come to."""


@dataclass
class KillAt(durable.Steps):
    """Ends a run before its step of this number; whatever another thread would do after that comes to nothing too."""

    number: int
    done: list[str] = field(default_factory=list)

    def before(self, step: str, path: Path) -> None:
        if len(self.done) + 1 >= self.number:
            raise Killed(step, path)
        self.done.append(f"{step} {path.name}")


@contextmanager
def killed_at(number: int) -> Iterator[KillAt]:
    """Cut off what is done inside before its step of this number."""
    kill, before = KillAt(number), durable.steps
    durable.steps = kill
    try:
        yield kill
    finally:
        durable.steps = before


def run(home: LandHome) -> None:
    """Do what a run does up to the raw zone."""
    known = KnownFiles(home.home)
    recover(home.home, known)
    list(take_files(home.home, home.centre, find_new_files(home.home, home.centre, known), known=known))


def is_killed(home: LandHome, number: int, what: Move = run) -> bool:
    """Run a home until its step of this number; False if it came to its end before."""
    with killed_at(number):
        try:
            what(home)
        except Killed:
            return True
    return False


def holdings(home: LandHome) -> dict[str, Any]:
    """Return rows, findings and records of a home, as far as they have to be the same however it came there."""
    feeds = sorted(folder.name for folder in home.home.raw.glob("*"))
    return {
        "rows": {feed: sorted(map(str, home.rows(feed).rows(named=True))) for feed in feeds if home.rows(feed).height},
        "findings": sorted(map(str, home.quarantine())),
        "ledger": [
            {name: value for name, value in asdict(record).items() if name not in NOT_COMPARED}
            for record in sorted(home.ledger(), key=lambda record: record.place)
        ],
    }


def assert_nothing_else(home: LandHome) -> None:
    """What stands in raw/ and quarantine/ is what the ledger counts, and every row of it."""
    for folder, counted in (
        (home.home.raw, [part.name for record in home.ledger() for part in record.parts]),
        (home.home.quarantine, [record.findings.name for record in home.ledger() if record.findings]),
    ):
        there = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
        assert sorted(there) == sorted(counted)
    for record in home.ledger():
        rows = [pl.read_parquet(home.home.raw / part.name) for part in record.parts]
        assert sum(frame.height for frame in rows) == sum(record.rows_by_feed.values())
        assert {frame["file_name"][0] for frame in rows} <= {record.file_name}
        assert record.is_balanced
    assert find_new_files(home.home, home.centre) == []
