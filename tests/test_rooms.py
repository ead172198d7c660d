"""Which room of orchestration/ may use which: its own, and what stands further up the way of the data."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.home.paths import CHECKOUT

ROOT = CHECKOUT / "orchestration"
MAY_USE = {
    "home": (),
    "demo": ("home",),
    "readers": ("home",),
    "sources.asterisk": ("home", "readers", "sources"),
    "sources.files": ("home", "readers", "sources"),
    "sources.pulled": ("readers", "sources.files"),
    "sources": ("readers", "sources.asterisk", "sources.files", "sources.pulled"),
    "centre": ("home", "sources"),
    "door": ("home", "readers", "centre"),
    "landing": ("home", "readers", "centre", "sources", "door"),
    "fetch": ("home", "readers", "sources.pulled", "centre", "landing"),
    "warehouse": ("home", "door", "landing"),
    "policy": ("home", "sources", "centre", "warehouse"),
    "look": ("readers", "sources", "sources.files", "centre", "door", "landing", "warehouse"),
    "site.store": ("home", "centre"),
    "site.histories": ("site.store",),
    "site.records": ("home", "warehouse", "site.store"),
    "site.files": ("centre", "site.store", "site.histories"),
    "site.audiences": ("home", "warehouse", "site.store", "site.files", "site.records"),
    "site": ("home", "centre", "warehouse", "site.store", "site.files", "site.records", "site.audiences"),
    "notify": ("home", "centre"),
    "defs": (
        "home",
        "readers",
        "sources.pulled",
        "centre",
        "landing",
        "fetch",
        "warehouse",
        "policy",
        "site",
        "notify",
    ),
    "run": ("home", "readers", "centre", "demo", "door", "landing", "fetch", "warehouse", "policy", "site", "defs"),
    "upkeep": ("home", "readers", "centre", "door", "landing", "warehouse"),
    "cli": ("home", "readers", "centre", "demo", "landing", "fetch", "look", "notify", "policy", "run", "upkeep"),
}
"""Room -> rooms that it may use, in the order of the way.

The rooms of `sources` use each other: each kind has one of its own, and the registry knows them all.
"""
FRONT = {
    "definitions": "defs",
    "cli_look": "cli",
    "cli_notify": "cli",
    "cli_policy": "cli",
    "cli_pull": "cli",
    "cli_upkeep": "cli",
}
"""Files at the front that are a room's own face."""


def room_of(module: str) -> str:
    """Return the room of a module below orchestration/, the innermost that has a rule."""
    parts = module.split(".")
    return next((name for name in (".".join(parts[:2]), parts[0]) if name in MAY_USE), FRONT.get(parts[0], parts[0]))


def modules() -> Iterator[tuple[str, Path]]:
    for path in ROOT.rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts).removesuffix("__init__").removesuffix("."), path


def used_by(path: Path) -> set[str]:
    """Return the modules below orchestration/ that a file imports, also inside of functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("orchestration."):
            found |= {f"{node.module}.{name.name}".removeprefix("orchestration.") for name in node.names}
        elif isinstance(node, ast.Import):
            found |= {n.name.removeprefix("orchestration.") for n in node.names if n.name.startswith("orchestration.")}
    return found


@pytest.mark.parametrize("room", MAY_USE)
def test_a_room_uses_only_rooms_that_it_may(room: str) -> None:
    files = [path for module, path in modules() if module and room_of(module) == room]
    assert files, "a rule for a room that is not there"
    used = {room_of(module) for path in files for module in used_by(path)} - {room}
    assert used == set(MAY_USE[room]), "a rule allows what is used, and nothing else"


def test_every_file_has_a_room() -> None:
    assert {room_of(module) for module, _ in modules() if module} == MAY_USE.keys()


def test_no_rooms_use_each_other_but_those_of_the_sources() -> None:
    circles = {
        frozenset({one, other}) for one, others in MAY_USE.items() for other in others if one in MAY_USE.get(other, ())
    }
    of_sources = ("sources", "sources.asterisk", "sources.files", "sources.pulled")
    assert circles <= {frozenset({one, other}) for one in of_sources for other in of_sources}
