"""A build of everything beside the home, and the published file held against it, table by table and row by row.

What a run makes anew is only what came in or changed; this is the proof that nothing was overlooked.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.defs.building import building
from orchestration.home.errors import RunError, ScorehouseError
from orchestration.home.lock import home_lock
from orchestration.home.paths import HOME_VARIABLE, MEMORY_LIMIT_VARIABLE, Home, memory_limit
from orchestration.home.progress import say
from orchestration.warehouse.build_state import BuildState
from orchestration.warehouse.dbt_project import PROJECT, dbt_executable
from orchestration.warehouse.differences import Difference, differences

_WITHOUT_TESTS = ("--exclude-resource-type", "test")
_MOST_WORDS = 2000


class NothingToHoldError(ScorehouseError, RuntimeError):
    """The home has no publication that another build of the same could be held against."""


def hold_against_whole_build(home: Home) -> list[Difference]:
    """Return what of the published tables is not as a build of everything makes it.

    Raises NothingToHoldError unless the publication is what another run would make.
    """
    with home_lock(home):
        state = BuildState(home)
        if not home.published_file.exists() or not state.is_current(state.as_of):
            raise NothingToHoldError(
                f"{home.root}: files, settings or models have changed since the last build, or there was none. "
                "Remedy: scorehouse run, then this once more."
            )
        with built_beside(home) as whole:
            say("holding the published file against the build of everything")
            return published_differences(home, whole)


def published_differences(home: Home, whole: Path) -> list[Difference]:
    """Hold the published file against the built file of a whole build."""
    with duckdb.connect() as connection:
        return list(differences(connection, home.published_file, whole))


@contextmanager
def built_beside(home: Home) -> Iterator[Path]:
    """Build everything in a home of its own, from the same raw parts, and give the built file."""
    beside = Home(home.state / "whole_build")
    shutil.rmtree(beside.root, ignore_errors=True)
    try:
        _copy_of_the_door(home, beside)
        with building(beside, BuildState(home).as_of) as arguments:
            say("building everything beside the home; it takes as long as a first build")
            _dbt(beside, [*arguments, *_WITHOUT_TESTS])
        yield beside.built_file
    finally:
        shutil.rmtree(beside.root, ignore_errors=True)


def _copy_of_the_door(home: Home, other: Home) -> None:
    """Give another home what this one's door keeps; parts are never changed, so that one file can be in both."""
    other.create_folders()
    for source, target, copy in (
        (home.raw, other.raw, os.link),
        (home.quarantine, other.quarantine, os.link),
        (home.ledger, other.ledger, shutil.copy2),
        # Closed periods keep what earlier formulas and targets made of them.
        (home.history, other.history, shutil.copy2),
    ):
        shutil.copytree(source, target, copy_function=copy, dirs_exist_ok=True)
    shutil.copy2(home.centre_file, other.centre_file)
    if home.policy_file.is_file():
        shutil.copy2(home.policy_file, other.policy_file)


def _dbt(home: Home, arguments: list[str]) -> None:
    target = home.dbt_state / "target"
    places = {HOME_VARIABLE: str(home.root), "DBT_TARGET_PATH": str(target), "DBT_LOG_PATH": str(target)}
    command = [dbt_executable(), "--quiet", *arguments, "--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    environment = {MEMORY_LIMIT_VARIABLE: memory_limit(), **os.environ, **places}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise RunError(f"The build of everything failed. dbt says: {(done.stdout + done.stderr)[-_MOST_WORDS:]}")
