"""A run that is killed while it lets go what is kept no more: the next one goes on, and all is as without the kill."""

from __future__ import annotations

import hashlib
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.home.durable import UNFINISHED
from orchestration.run.audit import look_at_all
from orchestration.warehouse.differences import differences
from tests.support.compiled import compiled_project
from tests.support.publishing_home import PublishingHome
from tests.test_retention import CAUSES, KEEP, NEW, OLD, TURN

pytestmark = pytest.mark.slow

LETTING_GO = """
import os, signal, sys
from pathlib import Path

from orchestration.defs.building import building
from orchestration.home import durable
from orchestration.home.lock import home_lock
from orchestration.home.paths import Home


class KillAt(durable.Steps):
    number, done = int(sys.argv[2]), 0

    def before(self, step: str, path: Path) -> None:
        self.done += 1
        if self.done == self.number:
            os.kill(os.getpid(), signal.SIGKILL)
        print(step, path.relative_to(home.root), flush=True)


home = Home(Path(sys.argv[1]))
durable.steps = KillAt()
with home_lock(home), building(home, None):
    os._exit(0)  # before the models are built
"""
NEVER = 0
OF_THE_COPY = re.compile(rb'"(changed_ns|seal)": [^,\n]+')
AREAS = ("landing", "raw", "quarantine", "ledger")


def let_go(home: PublishingHome, kill_at: int) -> list[str]:
    """Begin a build in a process of its own, killed before its step of this number; return the steps that were done."""
    command = [sys.executable, "-c", LETTING_GO, str(home.root), str(kill_at)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == (0 if kill_at == NEVER else -signal.SIGKILL), done.stderr
    return done.stdout.splitlines()


def is_letting_go(step: str) -> bool:
    return step.startswith("remove ") or " ledger/" in step


class Kept:
    """A home whose publication has told what goes next, and the same one gone on without a kill."""

    def __init__(self, folder: Path) -> None:
        self.decided = PublishingHome(folder / "decided", compiled_project())
        self.decided.publish(OLD | TURN | CAUSES | NEW)
        self.decided.publish({}, KEEP)
        self.steps = let_go(self.copy(folder / "steps"), NEVER)
        self.whole = self.copy(folder / "whole")
        self.whole.publish({}, KEEP)

    def copy(self, folder: Path) -> PublishingHome:
        shutil.copytree(self.decided.root, folder, symlinks=True)
        return PublishingHome(folder, self.decided.project)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(tmp_path_factory.mktemp("kept"))


def files_of(home: PublishingHome) -> dict[str, str]:
    """The digest of every file that the door keeps, but for those that dbt gets of the settings.

    When its system changed a file last is not the same in two copies, nor is the seal of the record that tells it.
    """
    return {
        str(path.relative_to(home.root)): hashlib.sha256(OF_THE_COPY.sub(b"", path.read_bytes())).hexdigest()
        for area in AREAS
        for path in sorted((home.root / area).rglob("*"))
        if path.is_file() and "event_date=1900-01-01" not in path.parts
    }


def told(home: PublishingHome) -> list[tuple[Any, ...]]:
    return home.ask(
        "select publication, restated_count from scorecard.fct_publication union all by name "
        "select publication, area, gone_before, kept_from, file_count, row_count, byte_count "
        "from scorecard.fct_retention order by all"
    )


def test_what_goes_goes_in_many_steps(kept: Kept) -> None:
    gone = [step for step in kept.steps if is_letting_go(step)]
    for area in AREAS:
        assert [step for step in gone if f" {area}/" in step], f"nothing of {area}/ is let go: nothing is tested"
    assert len(gone) > 15


@pytest.mark.parametrize("part", [0, 0.2, 0.4, 0.6, 0.8, 1])
def test_the_run_after_a_kill_goes_on_and_leaves_what_a_run_without_one_leaves(
    kept: Kept, part: float, tmp_path: Path
) -> None:
    gone = [number for number, step in enumerate(kept.steps, start=1) if is_letting_go(step)]
    kill_at = gone[round(part * (len(gone) - 1))]
    home = kept.copy(tmp_path / "home")
    assert let_go(home, kill_at) == kept.steps[: kill_at - 1]
    # What was published before is there, whole.
    assert home.ask("select max(publication) from scorecard.fct_publication") == [(2,)]

    publication = home.publish({}, KEEP)

    assert (publication.number, publication.restated) == (3, 0)
    assert files_of(home) == files_of(kept.whole)
    assert told(home) == told(kept.whole)
    assert look_at_all(home.home).faults == []
    with duckdb.connect() as connection:
        assert list(differences(connection, home.home.published_file, kept.whole.home.published_file)) == []


def test_a_kill_in_the_middle_leaves_the_home_half_way(kept: Kept, tmp_path: Path) -> None:
    gone = [number for number, step in enumerate(kept.steps, start=1) if is_letting_go(step)]
    home = kept.copy(tmp_path / "home")
    let_go(home, gone[len(gone) // 2])
    # What was just being written has its passing name.
    left = {place for place in files_of(home) if not place.endswith(UNFINISHED)}
    assert files_of(kept.whole).keys() < left < files_of(kept.decided).keys()
