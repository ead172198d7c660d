"""What is damaged in a home, in words, and how it comes back: by a run, or by a person.

A run mends by itself what it stumbles over. This looks at everything, to the last byte, and sets aside what is broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb

from orchestration.centre import load_centre
from orchestration.defs.records import damaged_records, set_records_aside
from orchestration.door.customer_key import load_customer_key
from orchestration.home.durable import set_aside
from orchestration.home.errors import ScorehouseError
from orchestration.home.kept_json import read_kept
from orchestration.home.lock import home_lock
from orchestration.home.paths import Home
from orchestration.home.progress import say
from orchestration.run.audit import look_at_all
from orchestration.run.history import read_history
from orchestration.site.inventory import damaged_files, drop_damage
from orchestration.site.site_state import SiteState
from orchestration.warehouse.build_state import BuildState
from orchestration.warehouse.file_state import FileState
from orchestration.warehouse.history.store import HistoryError
from orchestration.warehouse.slice.state import SliceState

BY_A_RUN = "The next run makes it anew."


@dataclass(frozen=True)
class Trouble:
    """One thing that is damaged: its place in the home, what is wrong, how it comes back, and what mending does."""

    place: str
    what: str
    way_back: str
    mend: Callable[[], object] = lambda: None


def examine(home: Home) -> list[Trouble]:
    """Return what is damaged in the home; nothing is changed."""
    found: list[Trouble] = []
    for look in (_settings, _records, _what_was_taken, _warehouse, _published_file, _history, _pages, _dagster):
        say(f"looking at {look.__name__.strip('_').replace('_', ' ')}")
        found += look(home)
    return found


def mend(home: Home) -> list[Trouble]:
    """Set aside or drop what is damaged, so that the next run makes it anew; return what was damaged."""
    with home_lock(home):
        found = examine(home)
        for trouble in found:
            trouble.mend()
    return found


def _settings(home: Home) -> Iterator[Trouble]:
    try:
        centre = load_centre(home)
        load_customer_key(home.state, is_production=centre.profile == "production")
    except ScorehouseError as error:
        yield Trouble("settings", str(error), "")


def _records(home: Home) -> Iterator[Trouble]:
    names = ("made_of/*", "site/*", "slice/*", "pulled/*/*")
    for path in sorted(path for name in names for path in home.state.glob(f"{name}.json")):
        if path.exists() and read_kept(path) is None:
            yield Trouble(_place(home, path), "is empty or cut.", BY_A_RUN, partial(set_aside, home, path))


def _what_was_taken(home: Home) -> Iterator[Trouble]:
    for fault in look_at_all(home).faults:
        yield Trouble(fault.place, fault.what, fault.way_back, partial(_all_aside, home, fault.changed))


def _warehouse(home: Home) -> Iterator[Trouble]:
    if BuildState(home).is_known() and not BuildState(home).is_complete():
        what = "is not what the last complete build left."
        yield Trouble(_place(home, home.built_file), what, BY_A_RUN, BuildState(home).forget)
    slices = SliceState(home)
    if not slices.is_known():
        return
    what = "" if slices.is_as_left() else "is not what the last build left."
    try:
        _read_whole(home.kept_file)
    except duckdb.Error:
        what = "can't be read to its end."
    if what:
        yield Trouble(_place(home, home.kept_file), what, BY_A_RUN, BuildState(home).forget)


def _published_file(home: Home) -> Iterator[Trouble]:
    place, file = _place(home, home.published_file), home.published_file
    if not file.exists():
        if FileState(home).at:
            yield Trouble(place, "is gone.", BY_A_RUN)
        return
    try:
        _read_whole(file)
    except duckdb.Error:
        yield Trouble(place, "can't be read to its end.", BY_A_RUN, lambda: set_aside(home, file))
        return
    if FileState(home).at and not FileState(home).is_current():
        yield Trouble(place, "was changed after it was published, or is of an earlier build or version.", BY_A_RUN)


def _history(home: Home) -> Iterator[Trouble]:
    try:
        faults = read_history(home).faults
    except HistoryError as error:
        faults = [str(error)]
    for fault in faults:
        place, _, what = fault.partition(": ")
        yield Trouble(place, what, "Put it back from a backup, or see docs/operations.md on a history that is lost.")


def _read_whole(file: Path) -> None:
    """Read every column of every table: DuckDB holds a checksum against each block that it reads."""
    with duckdb.connect(str(file), read_only=True) as connection:
        found = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        for schema, name in found:
            table = connection.table(f"{schema}.{name}")
            # Counting would be answered out of what the file says about itself.
            table.aggregate(", ".join(f'max(hash("{column}"))' for column in table.columns)).fetchall()


def _pages(home: Home) -> Iterator[Trouble]:
    if not SiteState(home).at:
        return
    broken = damaged_files(home)
    if broken:
        what = f"{len(broken)} data files do not hold what they are named by, {_place(home, broken[0])} the first."
    elif not SiteState(home).is_whole():
        what = "files are missing, or are not those that were written."
    else:
        return
    yield Trouble("site", what, BY_A_RUN, lambda: drop_damage(home))


def _dagster(home: Home) -> Iterator[Trouble]:
    broken = damaged_records(home)
    if broken:
        way_back = (
            "They are set aside and new ones begin; who ran what before is then told by the files set aside alone."
        )
        what = f"can't be read ({len(broken)} of Dagster's databases)."
        yield Trouble(_place(home, broken[0]), what, way_back, lambda: set_records_aside(home))


def _all_aside(home: Home, paths: tuple[Path, ...]) -> None:
    for path in paths:
        set_aside(home, path)


def _place(home: Home, path: Path) -> str:
    return path.relative_to(home.root).as_posix()
