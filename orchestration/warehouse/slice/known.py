"""What the last build left for this one: the kept tables, opened to be asked, and whether they can be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import duckdb

from orchestration.home.paths import Home, memory_limit
from orchestration.home.sql_text import text_literal
from orchestration.warehouse.dbt_project import ensure_manifest, read_manifest

CONTACT = "kept.intermediate.int_kept__contact"
LEG = "kept.intermediate.int_kept__leg"
RAW_DATE = "kept.intermediate.int_kept__raw_date"
ROW_COUNT = "kept.intermediate.int_kept__row_count"
ROW_KEY = "kept.intermediate.int_kept__row_key"
INPUT_DAY = "kept.measure.int_measure__made_of_day"
CHANGED_DATE = "kept.measure.int_measure__changed_date"
INPUT_PERIOD = "kept.measure.int_measure__made_of_period"
TOUCHED_PERIOD = "kept.measure.int_measure__touched_period"
RATING_DAY = "kept.intermediate.int_rating__made_of_day"
RATING_DATE = "kept.intermediate.int_rating__changed_date"
STATE_DAY = "kept.intermediate.int_state__made_of_day"
STATE_DATE = "kept.intermediate.int_state__changed_date"
FACT = "scorehouse.scorecard.fct_contact"


@contextmanager
def opened(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection to the kept tables, read only. Raises duckdb.Error if a file can't be read."""
    with duckdb.connect(config={"memory_limit": memory_limit()}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for file in (home.kept_file, home.built_file):
            connection.execute(f"attach {text_literal(str(file))} as {file.stem} (read_only)")
        yield connection


def kept_tables() -> set[tuple[str, str, str]]:
    """Return (database, schema, table) of every table that a build takes over from the one before."""
    manifest = ensure_manifest()
    return _kept_tables(manifest, manifest.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _kept_tables(manifest: Path, _modified_ns: int) -> set[tuple[str, str, str]]:
    nodes: dict[str, dict[str, object]] = read_manifest(manifest)["nodes"]  # type: ignore[assignment]
    return {
        (str(node["database"]), str(node["schema"]), str(node["alias"]))
        for node in nodes.values()
        if node["resource_type"] == "model" and node["config"]["materialized"] == "incremental"  # type: ignore[index]
    }


def tables_in(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str, str]]:
    """Return (database, schema, table) of every table of the opened files."""
    rows = connection.execute("select database_name, schema_name, table_name from duckdb_tables()").fetchall()
    return {(str(database), str(schema), str(table)) for database, schema, table in rows}


def drop_all_but_kept(home: Home) -> None:
    """Leave in the file to be published only what is taken over, so that what is made anew has its room."""
    kept = kept_tables()
    with duckdb.connect(str(home.built_file)) as connection:
        views = connection.execute("select schema_name, view_name from duckdb_views() where not internal").fetchall()
        for schema, view in views:
            connection.execute(f'drop view "{schema}"."{view}"')
        for database, schema, table in tables_in(connection):
            if (database, schema, table) not in kept:
                connection.execute(f'drop table "{schema}"."{table}"')
        connection.execute("checkpoint")
