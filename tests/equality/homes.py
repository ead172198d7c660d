"""Two homes of one centre: one that grows drop by drop, and one that is built whole from the same raw parts."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

import duckdb

from orchestration.centre import load_centre
from orchestration.defs.building import building
from orchestration.home.lock import home_lock
from orchestration.home.paths import Home
from orchestration.landing.take import take_files
from orchestration.landing.taking import KnownFiles, find_new_files, recover
from orchestration.warehouse.build import BackInTimeError
from orchestration.warehouse.dbt_project import ensure_manifest
from orchestration.warehouse.slice import plan
from orchestration.warehouse.slice.state import SliceState
from tests.equality.compare import told_differences
from tests.equality.scenario import Drop
from tests.support.killed import Killed
from tests.support.properties_build import CompiledProject

OF_THE_DOOR = ("landing", "raw", "quarantine", "ledger")
SETTLED_SECONDS = 60
"""A file that changed within the last seconds is not taken yet."""
MOST_REFUSED = 2
"""Records of a file that are meant to be refused; of others nothing would be tested."""


@dataclass
class GrowingHome:
    """A home that gets drops, takes and builds them in the real way, its models' SQL run without dbt around it."""

    root: Path
    project: CompiledProject
    as_of: datetime | None = None
    most_refused: int = MOST_REFUSED

    def __post_init__(self) -> None:
        # As every run does: what a build takes over is read from it.
        ensure_manifest()

    @property
    def home(self) -> Home:
        """The home itself."""
        return Home(self.root)

    def drop(self, drop: Drop) -> None:
        """Copy the files of a drop into landing/, and what else it changes."""
        self.as_of = drop.as_of
        self.home.create_folders()
        self.home.centre_file.write_text(drop.settings, encoding="utf-8")
        settled = time.time() - SETTLED_SECONDS
        for place, content in drop.files.items():
            path = self.home.landing / place
            if content is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                os.utime(path, (settled, settled))

    def take(self) -> None:
        """Take all files that are new."""
        with home_lock(self.home):
            known = KnownFiles(self.home)
            recover(self.home, known)
            centre = load_centre(self.home)
            for record in take_files(self.home, centre, find_new_files(self.home, centre, known), known=known):
                assert record.state != "failed", record.message
                assert record.records_quarantined <= self.most_refused, record.message

    def build(self, killed_at: float | None = None) -> None:
        """Build as a run does, with what the build before left; first one that is killed, if that is wanted.

        Where the data reach less far than before, a run says so and is run again.
        """
        if killed_at is not None:
            self.leave_killed(round(killed_at * (len(self.project.models) - 1)))
        try:
            self._build()
        except BackInTimeError:
            self._build()

    def _build(self) -> None:
        with of_any_size(), built(self.root, self.project, self.as_of):
            pass

    @property
    def is_sliced(self) -> bool:
        """Whether the last build made some dates anew and left the others alone."""
        return not SliceState(self.home).told().startswith("Everything")

    def leave_killed(self, number: int) -> None:
        """Build until before the model of this number; what then lies in the home is what a killed process leaves."""
        left = self.root.with_name(f"{self.root.name}-killed")
        killed_before = self.project.models[number]["name"]

        def kill(name: str) -> None:
            if name == killed_before:
                # Closing its files, DuckDB would tidy them up as no killed process does.
                shutil.copytree(self.root, left)
                raise Killed

        with suppress(Killed), of_any_size(), built(self.root, self.project, self.as_of, before=kill):
            raise AssertionError(f"no model {killed_before} was built")
        shutil.rmtree(self.root)
        left.rename(self.root)

    def differences(self) -> list[str]:
        """Build everything anew from what the door keeps, and tell what of this home's file is not as there."""
        with self.built_whole() as connection:
            return told_differences(connection, self.home.built_file)

    @contextmanager
    def built_whole(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Build everything anew in memory, from a copy of what the door keeps, and give the connection."""
        copy = self.root.with_name(f"{self.root.name}-whole")
        copy_of_door(self.root, copy)
        try:
            with built(copy, self.project, self.as_of, in_memory=True) as connection:
                yield connection
        finally:
            shutil.rmtree(copy)


def of_any_size() -> AbstractContextManager[object]:
    """Let a slice be of most dates there are: so small a home would otherwise be built whole each time."""
    return patch.object(plan, "FEW_DATES", 1_000_000)


@contextmanager
def built(
    root: Path,
    project: CompiledProject,
    as_of: datetime | None,
    *,
    in_memory: bool = False,
    before: Callable[[str], object] = str,
    only: Sequence[str] = (),
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Build a home as a run does, with what the build before left in it, and give the connection."""
    home = Home(root)
    with home_lock(home), building(home, as_of) as arguments:
        kept = "--full-refresh" not in arguments
        with project.built_again(root, kept=kept, in_memory=in_memory, before=before, only=only) as connection:
            yield connection


def copy_of_door(root: Path, other: Path) -> None:
    """Copy what a home keeps of its files, and its secrets, but nothing that a build made."""
    Home(other).create_folders()
    for name in OF_THE_DOOR:
        shutil.copytree(root / name, other / name, dirs_exist_ok=True)
    shutil.copy(root / "centre.yaml", other)
    for key in (root / "state").glob("customer_key*"):
        shutil.copy2(key, other / "state")
