"""What stands around a build, whoever runs the models: dbt in the warehouse asset, or a test that runs their SQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from orchestration.centre import load_centre
from orchestration.centre.tables import write_settings_tables
from orchestration.home.paths import Home
from orchestration.home.retained import retained
from orchestration.landing.dropping import drop_what_went
from orchestration.landing.taking import ensure_empty_parts, known_files, recover
from orchestration.policy import load_policy
from orchestration.policy.tables import write_policy_tables
from orchestration.warehouse.build import Build
from orchestration.warehouse.build_state import BuildState
from orchestration.warehouse.dbt_project import BUILD_ARGUMENTS, OF_SLICE
from orchestration.warehouse.history.retention import decide_retention
from orchestration.warehouse.history.store import HistoryStore
from orchestration.warehouse.slice.plan import Basis, plan_build


@contextmanager
def building(home: Home, as_of: datetime | None, *, whole: bool = False) -> Iterator[list[str]]:
    """Make a home ready for its models, give dbt's arguments, and say that the build is complete if nothing is raised.

    With `whole` every date is made anew. The caller holds the home.
    """
    # dbt reads whatever lies there, also what a run left that was cut off while it took files.
    known = known_files(home)
    recover(home, known)
    _empty(home.spill)
    HistoryStore(home).prepare()
    centre = load_centre(home)
    drop_what_went(home, known, retained(home))
    decide_retention(home, known, centre.keep.spans(), centre.thresholds.fcr_window_days)
    write_settings_tables(home, centre, as_of)
    write_policy_tables(home, load_policy(home, centre))
    ensure_empty_parts(home)
    basis = Basis(centre.time_zone, centre.thresholds.fcr_window_days)
    build = Build(home, plan_build(home, basis, whole=whole, has_as_of=as_of is not None))
    build.begin()
    yield [*BUILD_ARGUMENTS, *(OF_SLICE if build.plan.chosen else ())]
    build.end()
    BuildState(home).remember(as_of)


def _empty(folder: Path) -> None:
    """Remove what a killed build had put on the disk for want of memory; whoever holds the home is the only one."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
