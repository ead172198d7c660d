"""A built home's DuckDB files behind one connection: dbt's steps, what it keeps for later, what is to be published."""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.home.paths import Home


def attach_warehouse(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Attach the files of the home read-only, under the names that their own views know them by."""
    for file in (home.warehouse_file, home.kept_file, home.built_file):
        connection.execute(f"attach '{file}' as {file.stem} (read_only)")


def open_warehouse(root: Path) -> duckdb.DuckDBPyConnection:
    """Open the files of the home read-only under the names that dbt has for them; instants come as UTC.

    A relation is found by its name, in whichever file and schema it stands.
    """
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    attach_warehouse(connection, Home(root))
    schemas = connection.execute(
        "select database_name || '.' || schema_name from duckdb_schemas() "
        "where database_name in ('warehouse', 'kept', 'scorehouse') and not internal order by all"
    ).fetchall()
    connection.execute("set search_path = '" + ",".join(name for (name,) in schemas) + "'")
    return connection
