"""Two built files held against each other, every column of every row, to the last bit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

# How the files came is told here, so these differ as the files do.
ORIGIN = ["landing_day", "file_name", "record_number", "line_number"]
LEDGER_TABLES = frozenset({"fct_file", "fct_feed_reconciliation", "fct_quarantine"})


@dataclass(frozen=True)
class Difference:
    """A table, how many rows only one warehouse has, and one of them from either side."""

    table: str
    only_first: int
    only_second: int
    examples: list[str]


def differences(first: Path, second: Path, conditions: dict[str, str] | None = None) -> list[Difference]:
    """Compare all tables to be published, or those rows of the tables in `conditions` that meet them.

    Rows are compared as text, in which every double has its own form (-0.0 and the last bit included).
    """
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        for name, path in (("first", first), ("second", second)):
            connection.execute(f"attach '{path}' as {name}_home (read_only)")
        chosen = conditions or dict.fromkeys(_tables(connection), "true")
        found = [_difference(connection, table, condition) for table, condition in chosen.items()]
    return [difference for difference in found if difference.only_first or difference.only_second]


def row_counts(warehouse: Path, conditions: dict[str, str]) -> dict[str, int]:
    """Return how many rows of each table meet its condition."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return {
            table: connection.execute(f"select count(*) from {table} where {condition}").fetchall()[0][0]  # noqa: S608
            for table, condition in conditions.items()
        }


def _tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    both = connection.execute("""
        select table_schema || '.' || table_name, table_name
        from information_schema.tables
        where
            table_catalog in ('first_home', 'second_home')
            and table_schema = 'scorecard'
            and table_type = 'BASE TABLE'
        group by all
        order by all
    """).fetchall()
    return [table for table, name in both if name not in LEDGER_TABLES]


def _chosen(home: str, table: str, condition: str) -> str:
    # Which file and line a record came from differs as the files do.
    columns = f"columns(name -> not list_contains({ORIGIN}, name))"
    return f"select told::varchar as row_text from (select {columns} from {home}.{table} where {condition}) as told"  # noqa: S608


def _difference(connection: duckdb.DuckDBPyConnection, table: str, condition: str) -> Difference:
    counts, examples = [], []
    for one, other in (("first_home", "second_home"), ("second_home", "first_home")):
        rows, other_rows = (_chosen(home, table, condition) for home in (one, other))
        only = connection.execute(f"{rows} except all {other_rows} order by all").fetchall()
        counts.append(len(only))
        examples += [text for (text,) in only[:1]]
    return Difference(table, counts[0], counts[1], examples)
