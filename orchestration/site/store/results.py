"""Runs the reports' SQL and lets DuckDB write the results as JSON text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import duckdb

from orchestration.home.paths import CHECKOUT
from orchestration.home.sql_text import text_literal

SOURCES = CHECKOUT / "reports" / "sources"

_PARAMETER = re.compile(r"\$([a-z_]+)")

_CODES = {"period_kind", "scope_kind", "status", "verdict", "evidence", "look", "peer_kind", "kpi_id", "local_date"}
"""Columns of a closed vocabulary or of the catalogue's own ids: nothing in them needs escaping or cleaning."""

_WHOLE = {"is_closed": "boolean", "ranked_since": "date", "last_date": "date", "fewest_legs": "integer"}
"""Parameters by which the publisher takes a part, or several days; without them a result is as the pages show it."""

# Control characters and the marks that turn the direction of text: a label must not rearrange the page around it.
_UNWANTED = "[\\x00-\\x1f\\x7f-\\x9f\\x{061c}\\x{200b}-\\x{200f}\\x{2028}-\\x{202e}\\x{2060}-\\x{206f}\\x{feff}]"


@dataclass(frozen=True)
class Column:
    """One column of a result: its name, its DuckDB type and the JSON text that stands for NULL."""

    name: str
    kind: str
    empty: str = "null"

    @property
    def quoted(self) -> str:
        """The name as an identifier."""
        return '"' + self.name.replace('"', '""') + '"'

    def as_json(self) -> str:
        """Return the SQL expression of a cell as JSON text, never NULL."""
        if self.kind.endswith("]"):
            text = f"to_json({self.quoted})::varchar"
        elif self.kind in ("BOOLEAN", "BIGINT", "INTEGER", "HUGEINT", "SMALLINT"):
            text = f"{self.quoted}::varchar"
        elif self.kind.startswith(("DECIMAL", "DOUBLE", "FLOAT")):
            # Far more decimals than a page shows: 0.884996 rounded to 0.885 here would become 0.89 there. NaN and
            # infinity are no JSON.
            text = f"case when isfinite({self.quoted}::double) then round({self.quoted}::double, 9)::varchar end"
        elif self.kind == "DATE":
            text = f"'\"' || {self.quoted}::varchar || '\"'"
        elif self.kind.startswith("TIMESTAMP"):
            text = f"'\"' || strftime(timezone('UTC', {self.quoted}::timestamptz), '%Y-%m-%dT%H:%M:%SZ') || '\"'"
        elif self.kind == "VARCHAR" and self.name in _CODES:
            text = f"'\"' || {self.quoted} || '\"'"
        elif self.kind == "VARCHAR" and self.name.endswith("_id"):
            text = f"to_json({self.quoted})::varchar"
        elif self.kind == "VARCHAR":
            text = f"to_json(regexp_replace({self.quoted}, '{_UNWANTED}', '', 'g'))::varchar"
        else:
            text = f"to_json({self.quoted})::varchar"
        return f"coalesce({text}, '{self.empty}')"


def row_as_json(columns: Iterable[Column]) -> str:
    """Return the SQL expression of one row as the text of a JSON array."""
    # One call over all columns: `||` copies the text so far at every column, five times the time at ninety of them.
    return "'[' || concat_ws(',', " + ", ".join(column.as_json() for column in columns) + ") || ']'"


def columns_as_json(columns: Iterable[Column]) -> str:
    """Return the JSON text of the column names."""
    return "[" + ",".join(f'"{column.name}"' for column in columns) + "]"


def list_literal(values: object) -> str:
    """Return a list of texts as a literal of SQL."""
    assert isinstance(values, list)  # noqa: S101 - the publisher's own parameter
    return "[" + ", ".join(text_literal(value) for value in values) + "]::varchar[]"


def table_text(columns: Iterable[Column], rows: str) -> str:
    """Return the JSON text of a table from its columns and the joined text of its rows."""
    return f'{{"columns":{columns_as_json(columns)},"rows":[{rows}]}}'


class Results:
    """The results of reports/sources/*.sql on one connection, whose schema `scorecard` is what they read."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, parameters: dict[str, object]) -> None:
        self.connection = connection
        self.parameters = parameters
        (self.schema,) = connection.execute("select current_database() || '.' || current_schema()").fetchall()[0]

    def beside(self) -> Results:
        """Return the same results on a connection of its own to the same engine, for another thread.

        To be called by the thread that owns this one: a connection answers one thread at a time.
        """
        connection = self.connection.cursor()
        connection.execute(f"use {self.schema}")
        return Results(connection, self.parameters)

    def sql(self, name: str) -> str:
        """Return the text of a result's file."""
        return (SOURCES / f"{name}.sql").read_text(encoding="utf-8").strip()

    def unordered(self, name: str) -> str:
        """Return the text of a result's file without its last clause, for whoever orders the rows otherwise."""
        return self.sql(name).rpartition("\norder by ")[0]

    def shown_sql(self) -> dict[str, str]:
        """Return every file's text with the publication's own dates written in, as the pages show it."""
        shown = {}
        for path in sorted(SOURCES.glob("*.sql")):
            text = path.read_text(encoding="utf-8").strip()
            for name in ("first_day", "closed_until", "first_drill_day"):
                text = text.replace(f"${name}", f"'{self.parameters[name]}'")
            for name in ("rated_channels", "rating_sources"):
                text = text.replace(f"${name}", list_literal(self.parameters[name]))
            text = text.replace("$names_in_groups", f"'{self.parameters['names_in_groups']}'")
            for name, kind in _WHOLE.items():
                text = text.replace(f"${name}", f"null::{kind}")
            shown[path.stem] = text
        return shown

    def columns(self, name: str, **parameters: object) -> list[Column]:
        """Return the columns of a result."""
        rows = self._execute(f"describe {self.sql(name)}", name, parameters).fetchall()
        return [Column(row[0], row[1]) for row in rows]

    def table(self, name: str, **parameters: object) -> str:
        """Return a whole result as the JSON text of a table, in its own order."""
        columns = self.columns(name, **parameters)
        # One thread keeps the order of the result.
        query = f"select string_agg({row_as_json(columns)}, ',') from ({self.sql(name)}) as result"  # noqa: S608 - own text
        ((rows,),) = self._execute(query, name, parameters).fetchall()
        return table_text(columns, rows or "")

    def keep(self, name: str, table: str, **parameters: object) -> list[Column]:
        """Keep a result as a temporary table and return its columns."""
        self._execute(f"create or replace temp table {table} as {self.sql(name)}", name, parameters)
        rows = self.connection.execute(f"describe {table}").fetchall()
        return [Column(row[0], row[1]) for row in rows]

    def grouped(self, name: str, keys: tuple[str, ...], **parameters: object) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield (key values, JSON text of the table) per group of a result; the keys' columns are left out.

        The rows of a group keep the order of the result.
        """
        columns = [column for column in self.columns(name, **parameters) if column.name not in keys]
        key_list = ", ".join(f"{key}::varchar" for key in keys)
        query = f"""
            select {key_list}, string_agg({row_as_json(columns)}, ',')
            from ({self.sql(name)}) as result
            group by {key_list}
            order by {key_list}
        """  # noqa: S608 - own text
        cursor = self._execute(query, name, parameters)
        while rows := cursor.fetchmany(64):
            for row in rows:
                yield tuple(row[:-1]), table_text(columns, row[-1])

    def run(self, name: str, query: str, **parameters: object) -> duckdb.DuckDBPyConnection:
        """Run a query made around the SQL of a result, with that result's parameters bound."""
        return self._execute(query, name, parameters)

    def _execute(self, query: str, name: str, parameters: dict[str, object]) -> duckdb.DuckDBPyConnection:
        given = {**self.parameters, **parameters}
        named = set(_PARAMETER.findall(self.sql(name)))
        return self.connection.execute(query, {key: given.get(key) for key in named})
