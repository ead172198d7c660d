"""Tables of PostgreSQL and MariaDB or MySQL, read by dlt in one read-only transaction each, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import duckdb
import polars as pl
import sqlalchemy as sa
from sqlalchemy.exc import NoSuchTableError, SQLAlchemyError

from orchestration.fetch.failures import PullError
from orchestration.fetch.positions import CursorKind, moment_of, position_of
from orchestration.fetch.sql_columns import MYSQL, cursor_kind, cursor_text, is_instant, is_json, text_of
from orchestration.fetch.sql_failures import sql_failure
from orchestration.home.sql_text import text_literal
from orchestration.readers.json_names import keys_of, pointer_of
from orchestration.sources.pulled.sql import SqlSource, Table

if TYPE_CHECKING:
    import pyarrow as pa

PAGE_ROWS = 5_000
_CURSOR = "scorehouse cursor"
_JSON_CHECKS = """
    select check_clause from information_schema.check_constraints
    where constraint_schema = coalesce(:schema, database()) and table_name = :name and check_clause like 'json_valid(%'
"""


@dataclass
class TableExtract:
    """The records of one table or view."""

    source: SqlSource
    table: Table
    engine: sa.Engine
    is_ordered: bool = True
    notes: list[str] = field(default_factory=list)
    kind: CursorKind | None = None
    _columns: list[sa.Column[Any]] = field(default_factory=list)
    _json: set[str] = field(default_factory=set)
    _cursor: sa.Column[Any] | None = None
    _duckdb: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)

    def __post_init__(self) -> None:
        schema, _, name = self.table.table.rpartition(".")
        try:
            found = sa.Table(name, sa.MetaData(), schema=schema or None, autoload_with=self.engine, resolve_fks=False)
            optional = self.source.optional_columns_of(self.table)
            named = [(name, _column(found, name)) for name in self.source.columns_of(self.table)]
            self._columns = list(dict.fromkeys(column for _, column in named if column is not None))
            if missing := [name for name, column in named if column is None and name not in optional]:
                raise self._no_column(missing, found)
            self._json = {column.name for column in self._columns if is_json(column.type)}
            if self.engine.dialect.name in ("mysql", "mariadb"):
                self._json |= self._checked_as_json(schema or None, name)
        except NoSuchTableError:
            raise PullError(f"{self._what}: there is no such table. Remedy: mend `table`, with its schema.") from None
        except SQLAlchemyError as error:
            raise sql_failure(self._what, error) from None
        if self.table.cursor is not None:
            self._cursor = found.c[self.table.cursor]
            self.kind = self._cursor_kind(self._cursor)

    @property
    def _what(self) -> str:
        return f"{self.source.name}, table {self.table.table}"

    def now(self) -> int | None:
        """Return the position of this moment by the clock that the cursor's times go by, None for numbers."""
        if self.kind != "instant" or self._cursor is None:
            return None
        zone = UTC if is_instant(self._cursor.type) else ZoneInfo(self.source.time_zone or "UTC")
        return position_of(datetime.now(zone).replace(tzinfo=None))

    def pages(self, since: int | None) -> Iterator[pl.DataFrame]:
        """Yield the records from a position on, by growing cursor. Raises PullError."""
        from dlt.extract.exceptions import ResourceExtractionError
        from dlt.sources.sql_database import sql_table  # seconds of imports, not paid by those who only drop files

        schema, _, name = self.table.table.rpartition(".")
        rows = sql_table(
            credentials=self.engine,
            table=name,
            schema=schema or None,
            metadata=sa.MetaData(),
            chunk_size=PAGE_ROWS,
            backend="pyarrow",
            reflection_level="full",
            defer_table_reflect=True,
            resolve_foreign_keys=False,
            type_adapter_callback=lambda _: sa.Text(),
            query_adapter_callback=lambda _query, _table: self._query(since),
        )
        try:
            for page in rows:
                yield self._page(page)
            self._note_left_out()
        except SQLAlchemyError as error:
            raise sql_failure(self._what, error) from None
        except ResourceExtractionError as error:
            # dlt wraps what a driver says.
            if isinstance(error.__cause__, SQLAlchemyError):
                raise sql_failure(self._what, error.__cause__) from None
            raise

    def _query(self, since: int | None) -> sa.Select[Any]:
        dialect = self.engine.dialect.name
        texts = [text_of(column, MYSQL if dialect == "mariadb" else dialect) for column in self._columns]
        query = sa.select(*(text.label(column.name) for text, column in zip(texts, self._columns, strict=True)))
        if self._cursor is None:
            return query
        query = query.add_columns(cursor_text(self._cursor).label(_CURSOR)).order_by(self._cursor)
        if since is None:
            return query.where(self._cursor.is_not(None))
        return query.where(self._cursor >= self._bound(since))

    def _bound(self, since: int) -> sa.ColumnElement[Any] | int:
        cursor = self._cursor
        if cursor is None or self.kind == "number":
            return since
        moment = moment_of(since)
        if isinstance(cursor.type, sa.Date) and not isinstance(cursor.type, sa.DateTime):
            return sa.literal(moment.date(), sa.Date())
        is_aware = is_instant(cursor.type) and self.engine.dialect.name == "postgresql"
        return sa.literal(moment if is_aware else moment.replace(tzinfo=None), sa.DateTime(timezone=is_aware))

    def _page(self, page: pa.Table) -> pl.DataFrame:
        texts = page.rename_columns([f"c{number}" for number in range(page.num_columns)])
        members = []
        for number, column in enumerate(self._columns):
            value = f"coalesce(try_cast(c{number} as json), to_json(c{number}))"
            members.append(f"{text_literal(column.name)}, {value if column.name in self._json else f'c{number}'}")
        at = "null::bigint"
        if self._cursor is not None:
            at = _AT[self.kind or "number"].format(f"c{len(self._columns)}")
        self._duckdb.register("texts", texts)
        query = f"""select json_object({", ".join(members)})::varchar as line, {at} as "at" from texts"""  # noqa: S608
        return self._duckdb.execute(query).pl()

    def _note_left_out(self) -> None:
        """Say so if records have nothing in the cursor's column: no pull ever sees them."""
        if self._cursor is None or self._cursor.nullable is False:
            return
        some = sa.select(sa.literal(1)).where(self._cursor.is_(None)).limit(1_000).subquery()
        with self.engine.connect() as connection:
            count = connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one()
        if count:
            many = f"{count}" if count < 1_000 else "1,000 or more"
            self.notes.append(
                f"{self._what}: {many} records have nothing in `{self.table.cursor}` and are not pulled. Remedy: take "
                "a cursor that each has, or a view that fills it."
            )

    def _checked_as_json(self, schema: str | None, name: str) -> set[str]:
        """Return the columns that MariaDB keeps as text and checks to be JSON, which is what its type JSON is."""
        with self.engine.connect() as connection:
            found = connection.execute(sa.text(_JSON_CHECKS), {"schema": schema, "name": name})
            clauses = [str(row[0]) for row in found]
        return {clause.split("`")[1] for clause in clauses if clause.count("`") == 2}

    def _no_column(self, missing: list[str], found: sa.Table) -> PullError:
        return PullError(
            f"{self._what}: has no column {', '.join(f'`{name}`' for name in missing)}; it has "
            f"{', '.join(column.name for column in found.c)}. Remedy: mend `columns`, `cursor` or the mapping."
        )

    def _cursor_kind(self, column: sa.Column[Any]) -> CursorKind:
        kind = cursor_kind(column.type)
        if kind is None:
            raise PullError(
                f"{self._what}: the cursor `{column.name}` is neither a time nor a whole number. Remedy: take a column "
                "that is, or a view that casts it."
            )
        named = self.table.overlap if self.table.overlap is not None else self.table.start
        if named is not None and isinstance(named, int) != (kind == "number"):
            raise PullError(
                f"{self._what}: the cursor `{column.name}` is {'a number' if kind == 'number' else 'a time'}, and "
                "`overlap` or `start` is not. Remedy: mend them."
            )
        return kind


_AT = {
    "number": "try_cast({} as bigint)",
    "instant": "case when isfinite(try_cast({0} as timestamp)) then epoch_us(try_cast({0} as timestamp)) end",
}


def _column(table: sa.Table, wanted: str) -> sa.Column[Any] | None:
    """Return the column that a mapping reads: of that name, or the one into which a path of that name reaches."""
    found = table.c.get(wanted)
    return found if found is not None else table.c.get(keys_of(pointer_of(wanted))[0])
