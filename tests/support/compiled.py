"""The project as dbt built it once for a tiny centre: made anew only when a file of the project changes."""

from __future__ import annotations

import hashlib
import shutil
from functools import cache
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock

from orchestration.warehouse.dbt_project import PROJECT, sources_digest
from tests.oracle.warehouse import build_warehouse
from tests.support.properties_build import CompiledProject

KEPT = PROJECT / "target" / "tests"
CENTRE = "name: Tiny centre\ntime_zone: UTC\nsources: [{name: desk, kind: feed}]\n"
FILES = {
    "team_memberships.csv": """\
agent_id,team_id,valid_from,is_home_team
ann,north,2026-01-01,true
bob,north,2026-01-01,true
""",
    "contacts.csv": """\
contact_id,customer_id,channel,direction,started_at,ended_at
one,,web,inbound,2026-03-02T09:00:00Z,2026-03-02T09:05:00Z
two,c,web,inbound,2026-03-02T09:30:00Z,2026-03-02T09:42:00Z
""",
    "contact_events.csv": """\
contact_id,occurred_at,event_type,agent_id,transfer_kind,transfer_target_kind,transfer_target_id
one,2026-03-02T09:00:00Z,connected,ann,,,
one,2026-03-02T09:05:00Z,ended,,,,
two,2026-03-02T09:30:00Z,connected,bob,,,
two,2026-03-02T09:36:00Z,transferred,bob,blind,agent,ann
two,2026-03-02T09:36:00Z,connected,ann,,,
two,2026-03-02T09:42:00Z,ended,,,,
""",
}
"""Two chats of two agents, the second passed on by one of them to the other."""


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
            write_tiny_centre(home)
            build_warehouse(home)
            whole.write_text(str(home), encoding="utf-8")
    return CompiledProject(home, home / "state" / "target")


def write_tiny_centre(home: Path, *, files: bool = True) -> None:
    """Write the settings of the tiny centre and, unless they are not wanted, its files."""
    (home / "centre.yaml").write_text(CENTRE, encoding="utf-8")
    landing = home / "landing" / "desk" / "2026-03-03"
    for name, content in FILES.items() if files else ():
        landing.mkdir(parents=True, exist_ok=True)
        (landing / name).write_text(content, encoding="utf-8")


def _state() -> str:
    """What the build depends on: the project, the centre, and the versions of what builds it."""
    parts = [
        sources_digest(),
        CENTRE,
        *FILES.values(),
        *(version(package) for package in ("dbt-core", "dbt-duckdb", "duckdb")),
    ]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]
