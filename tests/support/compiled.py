"""The project as dbt built it once for a centre without files: made anew only when a file of the project changes."""

from __future__ import annotations

import hashlib
import shutil
from functools import cache
from importlib.metadata import version

from filelock import FileLock

from orchestration.warehouse.dbt_project import PROJECT, sources_digest
from tests.oracle.warehouse import build_warehouse
from tests.support.properties_build import CompiledProject

KEPT = PROJECT / "target" / "tests"
CENTRE = "name: Empty centre\ntime_zone: UTC\nsources: [{name: desk, kind: feed}]\n"


@cache
def compiled_project() -> CompiledProject:
    """Return the project as dbt compiled it in a build of its own, with all of dbt's tests.

    Processes that ask for it at once wait for the first one's build.
    """
    KEPT.mkdir(parents=True, exist_ok=True)
    home = KEPT / _state()
    whole = home / "whole"
    with FileLock(KEPT / "lock"):
        # Compiled SQL names its home: in a checkout that was moved it is made anew.
        if not whole.exists() or whole.read_text(encoding="utf-8") != str(home):
            for old in KEPT.glob("*/"):
                shutil.rmtree(old)
            home.mkdir()
            (home / "centre.yaml").write_text(CENTRE, encoding="utf-8")
            build_warehouse(home)
            whole.write_text(str(home), encoding="utf-8")
    return CompiledProject(home, home / "state" / "target")


def _state() -> str:
    """What a build without files depends on: the project, and the versions of what builds it."""
    parts = [sources_digest(), *(version(package) for package in ("dbt-core", "dbt-duckdb", "duckdb"))]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]
