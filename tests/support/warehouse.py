"""A built home's two DuckDB files behind one connection: what dbt keeps for itself, and what is to be published."""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.home.paths import Home


def attach_warehouse(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Attach both files of the home read-only, under the names that their own views know them by."""
    for file in (home.warehouse_file, home.built_file):
        connection.execute(f"attach '{file}' as {file.stem} (read_only)")


def open_warehouse(root: Path) -> duckdb.DuckDBPyConnection:
    """Open both files of the home read-only under the names that dbt has for them; instants come as UTC.

    A relation is found by its name, in whichever file and schema it stands.
    """
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    attach_warehouse(connection, Home(root))
    schemas = connection.execute(
        "select database_name || '.' || schema_name from duckdb_schemas() "
        "where database_name in ('warehouse', 'scorehouse') and not internal order by all"
    ).fetchall()
    connection.execute("set search_path = '" + ",".join(name for (name,) in schemas) + "'")
    return connection
