"""The published file: the scorecard's tables copied out of the warehouse and put in place by one rename.

Readers keep the file that they have open; whoever opens it next gets the new one. It is written in the storage
format of DuckDB 1.2, so that clients from 1.2 on can read it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.build_state import BuildState
from orchestration.errors import ScorehouseError
from orchestration.home_lock import home_lock
from orchestration.progress import say
from orchestration.publish_comments import write_comments
from orchestration.settings import Home, memory_limit
from orchestration.sql_text import text_literal

SCHEMA = "scorecard"
STORAGE_VERSION = "v1.2.0"

CORE_TABLES = (
    "fct_contact",
    "fct_contact_leg",
    "fct_queue_visit",
    "fct_agent_offer",
    "fct_agent_day",
    "fct_agent_state_day",
    "fct_headcount_day",
    "fct_rating",
    "bridge_rating_agent",
    "fct_quality_review",
    "fct_site_visit",
    "fct_incident",
    "fct_leaver",
    "bridge_agent_team_day",
    "dim_agent",
    "dim_agent_day",
    "dim_team",
    "dim_queue",
)
"""What is published of `core` besides everything in `scorecard`. Turns stay inside: too many, summed in legs."""

REQUIRED = ("dim_kpi", "dim_kpi_target", "dim_scope", "fct_kpi_value", "fct_file", "fct_contact", "fct_contact_leg")


class PublicationError(ScorehouseError, RuntimeError):
    """The warehouse can't be published; the file published before stays as it is."""


@dataclass(frozen=True)
class Publication:
    """What was published: the file, its rows per table and its size in bytes."""

    file: Path
    rows: dict[str, int]
    views: tuple[str, ...]
    byte_count: int


def publish(home: Home) -> Publication:
    """Copy the scorecard's tables into the published file of the home, verify the copy and put it in place.

    Raises PublicationError if the warehouse is not the outcome of a complete build, if a table is missing,
    or if the copy is not what was to be copied.
    """
    with home_lock(home):
        if not BuildState(home).is_complete():
            raise PublicationError(
                f"{home.warehouse_file}: not the outcome of a complete build. Remedy: run `scorehouse run` to its end."
            )
        target = home.published_file
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.tmp")
        for leftover in (part, part.with_name(f"{part.name}.wal")):
            leftover.unlink(missing_ok=True)
        rows, views = _write_copy(home, part)
        _verify(part, rows)
        _sync(part)
        part.replace(target)
        _sync(target.parent)
        return Publication(target, rows, views, target.stat().st_size)


def _write_copy(home: Home, part: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    with duckdb.connect(config={"memory_limit": memory_limit(), "autoinstall_known_extensions": False}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"set temp_directory = {text_literal(home.state / 'duckdb_temp')}")
        connection.execute(f"attach {text_literal(home.warehouse_file)} as warehouse (read_only)")
        connection.execute(f"attach {text_literal(part)} as published (storage_version '{STORAGE_VERSION}')")
        connection.execute(f"create schema published.{SCHEMA}")
        tables, views = _relations(connection)
        rows = {}
        for number, (schema, table) in enumerate(tables, start=1):
            say(f"publishing table {number} of {len(tables)}: {table}")
            rows[table] = _copy_table(connection, schema, table)
        for view in views:
            _copy_view(connection, view)
        write_comments(connection, home.dbt_state / "target" / "manifest.json", SCHEMA, rows, views)
        connection.execute("use memory")
        connection.execute("detach published")
    return rows, tuple(views)


def _relations(connection: duckdb.DuckDBPyConnection) -> tuple[list[tuple[str, str]], list[str]]:
    found = connection.execute(
        """
        select table_schema, table_name, table_type
        from information_schema.tables
        where table_catalog = 'warehouse' and table_schema in ('core', 'scorecard')
        order by table_schema, table_name
        """
    ).fetchall()
    tables = [(schema, name) for schema, name, kind in found if kind != "VIEW" and _is_published(schema, name)]
    views = [name for schema, name, kind in found if kind == "VIEW" and schema == SCHEMA]
    missing = sorted(set(REQUIRED) - {name for _, name in tables})
    if missing:
        raise PublicationError(f"the warehouse has no table {', '.join(missing)}. Remedy: build all models.")
    return tables, views


def _is_published(schema: str, name: str) -> bool:
    return name in CORE_TABLES if schema == "core" else not name.startswith("int_")


def _copy_table(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> int:
    source = f"warehouse.{schema}.{_name(table)}"
    connection.execute(f"create table published.{SCHEMA}.{_name(table)} as from {source}")
    row = connection.execute(f"select count(*) from {source}").fetchone()  # noqa: S608
    assert row is not None  # noqa: S101 - a count always gives a row
    return int(row[0])


def _copy_view(connection: duckdb.DuckDBPyConnection, view: str) -> None:
    """Create the view over the published tables: whoever opens the file knows nothing of the warehouse."""
    row = connection.execute(
        "select sql from duckdb_views() where database_name = 'warehouse' and schema_name = ? and view_name = ?",
        [SCHEMA, view],
    ).fetchone()
    if row is None:
        raise PublicationError(f"the view {view} has no SQL in the warehouse.")
    body = str(row[0]).split(" AS ", maxsplit=1)[1]
    for schema in ("core", "scorecard"):
        body = body.replace(f"warehouse.{schema}.", f"{SCHEMA}.")
    connection.execute("use published")
    try:
        connection.execute(f"create view {SCHEMA}.{_name(view)} as {body}")
    except duckdb.Error as error:
        raise PublicationError(f"the view {view} can't stand on the published tables alone: {error}") from error


def _verify(part: Path, rows: dict[str, int]) -> None:
    wal = part.with_name(f"{part.name}.wal")
    if wal.exists():
        raise PublicationError(f"{wal}: the copy was not closed cleanly. Remedy: run again.")
    with duckdb.connect(str(part), read_only=True) as connection:
        for table, expected in rows.items():
            found = connection.execute(f"select count(*) from {SCHEMA}.{_name(table)}").fetchone()  # noqa: S608
            if found != (expected,):
                raise PublicationError(f"{table}: {expected} rows to publish, {found} in the copy. Remedy: run again.")


def _sync(path: Path) -> None:
    # A rename survives a power cut only if the file and its folder are on the disk.
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'
