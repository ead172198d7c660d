"""Dagster's own records of a home, SQLite files: whether they can be read, and starting them anew if not.

They tell who ran what and when. No number rests on them, so damaged ones never hold up a run: they are set aside whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path

from orchestration.home.durable import set_aside
from orchestration.home.paths import Home

_FOLDERS = ("history", "schedules")

MOST_UNUSED = 0.5
"""Room that was given free is written again by later runs; only what many runs left is worth a new file."""


def damaged_records(home: Home) -> list[Path]:
    """Return the databases that SQLite can't read; every page of them is read, at some 500 MB a second."""
    found = [path for name in _FOLDERS for path in sorted((home.dagster_home / name).rglob("*.db"))]
    return [path for path in found if not _is_readable(path)]


def set_records_aside(home: Home) -> Path:
    """Set all of Dagster's records aside, so that it begins new ones; return the folder that they are in now."""
    folders = [home.dagster_home / name for name in _FOLDERS]
    aside = [set_aside(home, folder) for folder in folders if folder.exists()]
    return aside[0].parent


def remove_run_files(home: Home, runs: Iterable[str]) -> None:
    """Remove the files in which SQLite has the events of single runs: Dagster empties them, and leaves them."""
    for run in runs:
        for end in ("", "-wal", "-shm", "-journal"):
            (home.dagster_home / "history" / "runs" / f"{run}.db{end}").unlink(missing_ok=True)


def shrink_index(home: Home, runs: Sequence[str]) -> None:
    """Forget the checks of runs that are gone, which Dagster keeps, and give unused room back; nothing if it is in use.

    Other storage than SQLite is left as it is.
    """
    index = home.dagster_home / "history" / "runs" / "index.db"
    if not index.is_file():
        return
    with closing(sqlite3.connect(index, timeout=5, isolation_level=None)) as connection, suppress(sqlite3.Error):
        connection.executemany("delete from asset_check_executions where run_id = ?", [(run,) for run in runs])
        ((pages,), (free,)) = (
            connection.execute(f"pragma {name}").fetchone() for name in ("page_count", "freelist_count")
        )
        if free > MOST_UNUSED * pages:
            connection.execute("vacuum")


def _is_readable(path: Path) -> bool:
    if path.stat().st_size == 0:
        # SQLite takes it for a new one; Dagster made its tables once and never looks again.
        return False
    try:
        # Not read only: a database that was being written when its process died is brought in order by opening it.
        connection = sqlite3.connect(path, timeout=30)
        try:
            (said,) = connection.execute("pragma quick_check(1)").fetchone()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        return _is_about_something_else(error)
    return bool(said == "ok")


def _is_about_something_else(error: sqlite3.DatabaseError) -> bool:
    """Tell whether the file may be sound: locked by a process, on a full disk, or not ours to write."""
    return error.sqlite_errorname not in {"SQLITE_CORRUPT", "SQLITE_NOTADB"}
