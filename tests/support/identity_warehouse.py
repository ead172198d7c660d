"""dbt's data tests run as plain SQL over a built warehouse in which, for a moment, one row is wrong.

Every table of the warehouse is seen through a view. To break one, its view is replaced; the file itself is only read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment

from orchestration.home.paths import Home
from orchestration.warehouse.dbt_project import PROJECT
from tests.support.warehouse import attach_warehouse

DATA_TESTS = PROJECT / "tests"
# The catalogue's guards stop a build by an error of their own and have their cases elsewhere.
FOLDERS = ("contacts", "mart", "people")
NO_MACROS = ("test_", "materialize")
"""Files with tests or materializations, which are tags of dbt's own."""
MACROS = [path for path in sorted((PROJECT / "macros").glob("*.sql")) if not path.name.startswith(NO_MACROS)]


def identities() -> dict[str, Path]:
    """Return every data test by its name."""
    return {path.stem: path for folder in FOLDERS for path in sorted((DATA_TESTS / folder).glob("*.sql"))}


def as_sql(identity: Path) -> str:
    """Return a data test as SQL over the views, with the project's own macros in it."""
    text = "".join(path.read_text(encoding="utf-8") for path in (*MACROS, identity))
    template = Environment(extensions=["jinja2.ext.do"]).from_string(text)  # noqa: S701 - SQL, and no page
    return template.render(ref=lambda name: f"seen.{name}", config=lambda **_: "")


@dataclass(frozen=True)
class Change:
    """One wrong row of a relation: changed, gone or told twice.

    `where` says which rows will do, the first of which is taken. `columns` are the new values, in SQL; without them
    the row is gone (`times` 0) or stands there several times.
    """

    relation: str
    where: str = "true"
    columns: tuple[tuple[str, str], ...] = ()
    times: int = 1

    def __str__(self) -> str:
        """Say what is wrong, for the name of a test."""
        values = ", ".join(f"{column} = {value}" for column, value in self.columns)
        return f"{self.relation} {values or f'{self.times} times'} where {self.where}"

    def query(self, table: str) -> str:
        """Return the relation's rows with the wrong one among them."""
        values = ", ".join(f"if(is_chosen, {value}, {column}) as {column}" for column, value in self.columns)
        replaced = f"replace ({values})" if values else ""
        return f"""
            with fitting as (
                select *, row_number() over (order by coalesce({self.where}, false) desc) = 1 as is_chosen from {table}
            )
            select * exclude (is_chosen) {replaced} from fitting, range(if(is_chosen, {self.times}, 1))
        """  # noqa: S608


def changed(relation: str, where: str = "true", **columns: str) -> Change:
    """One fitting row with other values in some columns."""
    return Change(relation, where, tuple(columns.items()))


def gone(relation: str, where: str = "true") -> Change:
    """One fitting row is missing."""
    return Change(relation, where, times=0)


def told_twice(relation: str, where: str = "true") -> Change:
    """One fitting row stands there twice."""
    return Change(relation, where, times=2)


class SeenWarehouse:
    """A built warehouse, read only, each table of it behind a view in schema `seen`."""

    def __init__(self, home: Home) -> None:
        """Attach the files of the home under the names that their own views know them by."""
        self.connection = duckdb.connect()
        # One thread, so that the same fitting row is taken each time.
        self.connection.execute("set TimeZone = 'UTC'; set threads = 1; create schema seen")
        attach_warehouse(self.connection, home)
        rows = self.connection.execute(
            "select table_name, format('{}.{}.{}', table_catalog, table_schema, table_name) "
            "from information_schema.tables where table_catalog in (?, ?, ?)",
            [home.warehouse_file.stem, home.kept_file.stem, home.built_file.stem],
        ).fetchall()
        self.tables: dict[str, str] = dict(rows)
        for relation in self.tables:
            self._see(relation, f"select * from {self.tables[relation]}")  # noqa: S608

    def _see(self, relation: str, query: str) -> None:
        self.connection.execute(f"create or replace view seen.{relation} as {query}")

    def findings(self, identity: Path) -> list[dict[str, Any]]:
        """Run one data test; return the rows that it finds wrong."""
        cursor = self.connection.execute(as_sql(identity))
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    @contextmanager
    def broken(self, change: Change) -> Iterator[None]:
        """Show a relation with one wrong row; raise AssertionError if no row is such that it could be made wrong."""
        table = self.tables[change.relation]
        fitting = self.connection.execute(f"select count(*) from {table} where {change.where}").fetchall()  # noqa: S608
        assert fitting[0][0], f"no row of {change.relation} with {change.where}"
        self._see(change.relation, change.query(table))
        try:
            yield
        finally:
            self._see(change.relation, f"select * from {table}")  # noqa: S608

    def count(self, query: str) -> int:
        """Return the one number that a query over the views gives."""
        (number,) = self.connection.execute(query).fetchall()[0]
        return int(number)
