"""A file as it was made drop by drop, held against a build of everything: its tables, and the text of its views."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from orchestration.warehouse.differences import differences


def told_differences(connection: duckdb.DuckDBPyConnection, grown: Path) -> list[str]:
    """Tell what of a built file is not as in the database `scorehouse` of a connection, with some rows of either."""
    tables = connection.execute("select count(*) from duckdb_tables() where database_name = 'scorehouse'").fetchone()
    assert tables != (0,), "nothing would be compared"
    told = ["\n    ".join((str(one), *one.examples)) for one in differences(connection, grown)]
    return [*told, *_views(connection, grown)]


def _views(connection: duckdb.DuckDBPyConnection, grown: Path) -> Iterator[str]:
    """Yield the views that say something else: of equal tables those that say the same hold the same rows."""
    connection.execute(f"attach '{grown}' as grown (read_only)")
    ours, theirs = (
        {
            # Read from a file, a view's text has a comma where it was written with a cross join.
            f"{schema}.{name}": str(sql).replace(" CROSS JOIN ", " , ")
            for schema, name, sql in connection.execute(
                "select schema_name, view_name, sql from duckdb_views() where database_name = ? and not internal",
                [database],
            ).fetchall()
        }
        for database in ("grown", "scorehouse")
    )
    connection.execute("detach grown")
    for name in sorted(ours.keys() | theirs.keys()):
        if ours.get(name) != theirs.get(name):
            yield f"{name}: {ours.get(name)}, in a whole build {theirs.get(name)}"
