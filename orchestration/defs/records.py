"""Dagster's own records of a home, SQLite files: whether they can be read, and starting them anew if not.

They tell who ran what and when. No number rests on them, so damaged ones never hold up a run: they are set aside whole.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from orchestration.home.durable import set_aside
from orchestration.home.paths import Home

_FOLDERS = ("history", "schedules")


def damaged_records(home: Home) -> list[Path]:
    """Return the databases that SQLite can't read; every page of them is read, at some 500 MB a second."""
    found = [path for name in _FOLDERS for path in sorted((home.dagster_home / name).rglob("*.db"))]
    return [path for path in found if not _is_readable(path)]


def set_records_aside(home: Home) -> Path:
    """Set all of Dagster's records aside, so that it begins new ones; return the folder that they are in now."""
    folders = [home.dagster_home / name for name in _FOLDERS]
    aside = [set_aside(home, folder) for folder in folders if folder.exists()]
    return aside[0].parent


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
