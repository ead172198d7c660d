"""The published file: a copy of what dbt built to be published, described, verified and put in place by one rename.

Readers keep the file that they have open; whoever opens it next gets the new one. Copying the file takes a seventh of
the time that copying its tables took, which are compressed once, in the build.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.home.durable import put_file, sync
from orchestration.home.errors import ScorehouseError
from orchestration.home.lock import home_lock
from orchestration.home.paths import Home, memory_limit
from orchestration.home.progress import say
from orchestration.home.sql_text import text_literal
from orchestration.warehouse.build_state import BuildState
from orchestration.warehouse.comments import write_comments
from orchestration.warehouse.file_state import FileState
from orchestration.warehouse.history.publication import Noted, confirm_publication, note_publication

SCHEMA = "scorecard"

BUILT_AS = "scorehouse"
"""The name under which dbt attaches the file that it builds; its views speak of it."""

REQUIRED = (
    "dim_kpi",
    "dim_kpi_target",
    "dim_kpi_target_version",
    "dim_kpi_version",
    "dim_scope",
    "fct_assessment",
    "fct_assessment_line",
    "fct_assessment_version",
    "fct_assessment_version_line",
    "fct_contact",
    "fct_contact_leg",
    "fct_file",
    "fct_kpi_value",
    "fct_publication",
    "fct_restate_order",
    "fct_restatement",
    "fct_restatement_cause",
    "fct_retention",
    "fct_topic_hour",
    "fct_topic_signal",
)


class PublicationError(ScorehouseError, RuntimeError):
    """The warehouse can't be published; the file published before stays as it is."""


@dataclass(frozen=True)
class Publication:
    """What was published: the file, its rows per table and its size in bytes, its number, and changed closed values."""

    file: Path
    rows: dict[str, int]
    views: tuple[str, ...]
    byte_count: int
    number: int
    restated: int


def publish(home: Home) -> Publication:
    """Copy the file that dbt built into the published file of the home, verify the copy and put it in place.

    Raises PublicationError if the warehouse is not the outcome of a complete build, if a table is missing,
    or if the copy is not what was to be copied.
    """
    with home_lock(home):
        if not BuildState(home).is_complete():
            raise PublicationError(
                f"{home.warehouse_file}: not the outcome of a complete build. Remedy: run `scorehouse run` to its end."
            )
        say("publishing the file for BI users and pages")
        rows, target = _rows(home.built_file), home.published_file
        views: tuple[str, ...] = ()
        noted = Noted(0, 0)

        def write(part: Path) -> None:
            nonlocal views, noted
            part.with_name(f"{part.name}.wal").unlink(missing_ok=True)
            shutil.copyfile(home.built_file, part)
            views = _describe(part, home.dbt_state / "target" / "manifest.json", rows)
            _verify(part, rows)
            noted = note_publication(home, part)

        put_file(target, write, on_disk=True)
        # A rename survives a power cut only if the folder is on the disk too.
        sync(target.parent)
        confirm_publication(home, noted)
        FileState(home).remember()
        return Publication(target, _rows(target), views, target.stat().st_size, noted.number, noted.restated)


def _rows(file: Path) -> dict[str, int]:
    """Return the rows of each table in the order of names. Raises PublicationError if a required one is missing."""
    with duckdb.connect(str(file), read_only=True) as connection:
        names = connection.execute(
            "select table_name from duckdb_tables() where schema_name = $1 order by table_name", [SCHEMA]
        ).fetchall()
        rows = {}
        for (name,) in names:
            (rows[name],) = connection.execute(f"select count(*) from {SCHEMA}.{_name(name)}").fetchall()[0]  # noqa: S608
    missing = sorted(set(REQUIRED) - rows.keys())
    if missing:
        raise PublicationError(f"the warehouse has no table {', '.join(missing)}. Remedy: build all models.")
    return rows


def _describe(part: Path, manifest: Path, rows: dict[str, int]) -> tuple[str, ...]:
    """Write the comments, and the views without the name that dbt has for the file; return the views' names."""
    with duckdb.connect(config={"memory_limit": memory_limit(), "autoinstall_known_extensions": False}) as connection:
        connection.execute(f"attach {text_literal(part)} as {BUILT_AS}")
        connection.execute(f"use {BUILT_AS}")
        found = connection.execute(
            "select view_name, sql from duckdb_views() "
            "where database_name = $1 and schema_name = $2 and not internal order by view_name",
            [BUILT_AS, SCHEMA],
        ).fetchall()
        for view, sql in found:
            _stand_alone(connection, view, sql)
        views = tuple(view for view, _ in found)
        write_comments(connection, manifest, SCHEMA, rows, views)
        connection.execute("use memory")
        connection.execute(f"detach {BUILT_AS}")
    return views


def _stand_alone(connection: duckdb.DuckDBPyConnection, view: str, sql: str) -> None:
    """Have a view name tables by their schema alone: readers open the file under whatever name they like."""
    body = sql.split(" AS ", maxsplit=1)[1].replace(f"{BUILT_AS}.{SCHEMA}.", f"{SCHEMA}.")
    connection.execute(f"drop view {SCHEMA}.{_name(view)}")
    try:
        connection.execute(f"create view {SCHEMA}.{_name(view)} as {body}")
    except duckdb.Error as error:
        raise PublicationError(f"the view {view} can't stand on the published tables alone: {error}") from error


def _verify(part: Path, rows: dict[str, int]) -> None:
    wal = part.with_name(f"{part.name}.wal")
    if wal.exists():
        raise PublicationError(f"{wal}: the copy was not closed cleanly. Remedy: run again.")
    found = _rows(part)
    for table, expected in rows.items():
        if found.get(table) != expected:
            raise PublicationError(
                f"{table}: {expected} rows to publish, {found.get(table)} in the copy. Remedy: run again."
            )


def _name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'
