"""Published tables of a file held against those of another, every column of every row, by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.warehouse.history.shape import PUBLISHED

RIGHTLY_DIFFERENT: dict[str, tuple[str, ...]] = {
    # The deadline counts from the publication that told of the line first, which only a build after it knows.
    "fct_assessment_line": ("appeal_until", "is_appeal_late"),
}
"""Columns that two builds of the same rows may fill differently, by table, each with its reason.

All others are made from the same ledger, so that even the times of taking are the same.
"""
OF_HISTORY = frozenset(f"scorecard.fct_{table}" for table in PUBLISHED)
"""What was published when is no outcome of a build: a home built beside another has published nothing."""
EXAMPLES = 3
_HELD, _WHOLE = "held", "whole"


@dataclass(frozen=True)
class Difference:
    """What one table is not as a whole build makes it: rows too many and missing, and the dates that they are of.

    `shape` says that the columns are others, or that only one of the two has the table; rows are not compared then.
    """

    table: str
    too_many: int = 0
    missing: int = 0
    dates: tuple[str, ...] = ()
    date_column: str = ""
    examples: tuple[str, ...] = ()
    shape: str = ""

    def __str__(self) -> str:
        """Return it for people, without the rows themselves."""
        if self.shape:
            return f"{self.table}: {self.shape}"
        dates = f", {self.date_column} {', '.join(self.dates)}" if self.dates else ""
        return f"{self.table}: {self.too_many} rows too many, {self.missing} missing{dates}"


def differences(connection: duckdb.DuckDBPyConnection, held: Path, whole: Path | None = None) -> Iterator[Difference]:
    """Yield what of the tables of a file is not as in the file of a whole build.

    Without that file the connection's own database `scorehouse` is the whole build. Views are left out: they say the
    same of the same tables.
    """
    connection.execute(f"attach '{held}' as {_HELD} (read_only)")
    if whole is not None:
        connection.execute(f"attach '{whole}' as {_WHOLE} (read_only)")
    name = "scorehouse" if whole is None else _WHOLE
    ours, theirs = _columns(connection, _HELD), _columns(connection, name)
    for table in sorted((ours.keys() | theirs.keys()) - OF_HISTORY):
        if ours.get(table) != theirs.get(table):
            yield Difference(table, shape=f"has {_told(ours.get(table))}, in a whole build {_told(theirs.get(table))}")
        elif (found := _rows(connection, table, name, theirs[table])).too_many or found.missing:
            yield found
    connection.execute(f"detach {_HELD}")


def _columns(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, dict[str, str]]:
    """Return name and type of the columns of each table, in order."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.execute(
        """
        select columns.schema_name || '.' || columns.table_name, columns.column_name, columns.data_type
        from duckdb_columns() as columns
        semi join duckdb_tables() as tables
            on columns.database_name = tables.database_name and columns.table_oid = tables.table_oid
        where columns.database_name = ?
        order by columns.schema_name, columns.table_name, columns.column_index
        """,
        [database],
    ).fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def _told(columns: dict[str, str] | None) -> str:
    return "no such table" if columns is None else f"({', '.join(f'{name} {kind}' for name, kind in columns.items())})"


def _rows(connection: duckdb.DuckDBPyConnection, table: str, whole: str, columns: dict[str, str]) -> Difference:
    left_out = RIGHTLY_DIFFERENT.get(table.rsplit(".", 1)[1], ())
    chosen = ", ".join(f'"{name}"' for name in columns if name not in left_out)
    held_rows, whole_rows = (f"select {chosen} from {name}.{table}" for name in (_HELD, whole))  # noqa: S608 - own names
    sides = [f"select 'too many' as side, * from ({held_rows} except all {whole_rows})"]  # noqa: S608 - own names
    sides += [f"select 'missing' as side, * from ({whole_rows} except all {held_rows})"]  # noqa: S608 - own names
    connection.execute(f"create or replace temp table only_one as {' union all '.join(sides)}")
    counts = dict(connection.execute("select side, count(*) from only_one group by side").fetchall())
    dates = [name for name, kind in columns.items() if kind == "DATE" and name not in (*left_out, "landing_day")]
    return Difference(
        table,
        counts.get("too many", 0),
        counts.get("missing", 0),
        tuple(_dates(connection, dates[0])) if dates and counts else (),
        dates[0] if dates else "",
        tuple(f"{side}: {text}" for side in counts for text in _examples(connection, side)),
    )


def _dates(connection: duckdb.DuckDBPyConnection, column: str) -> Iterator[str]:
    for (date,) in connection.execute(f'select distinct "{column}"::varchar from only_one order by 1').fetchall():  # noqa: S608
        yield str(date)


def _examples(connection: duckdb.DuckDBPyConnection, side: str) -> Iterator[str]:
    rows = "select * exclude (side) from only_one where side = ? order by all limit ?"
    for (text,) in connection.execute(f"select one::varchar from ({rows}) as one", [side, EXAMPLES]).fetchall():  # noqa: S608
        yield text
