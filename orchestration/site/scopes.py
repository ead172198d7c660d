"""One file per scope: its history in arrays, its latest values in full, its peers."""

from __future__ import annotations

import json
from collections.abc import Iterator

from orchestration.site.documents import safe
from orchestration.site.results import Results, columns_as_json, row_as_json
from orchestration.site.store import SiteStore

_KEYS = ("scope_kind", "scope_id")

Row = tuple[str, ...]


class ScopeTexts:
    """The rows of one result as JSON text per scope, made by DuckDB and kept there until they are written.

    The connection must have one thread: arrays and texts are put together in the order of rows sorted once, so that
    the same rows give the same bytes and an unchanged scope is not written again.
    """

    def __init__(self, results: Results, name: str) -> None:
        columns = [column for column in results.columns(name) if column.name not in _KEYS]
        self._connection = results.connection.cursor()
        self._table = f"text_of_{name}"
        self._columns = columns_as_json(columns)
        results.run(
            name,
            f"""
            create table memory.main.{self._table} as
            select scope_kind, scope_id, string_agg({row_as_json(columns)}, ',') as text
            from ({results.sql(name)}) as result
            group by scope_kind, scope_id
            """,  # noqa: S608 - own text
        )

    def in_order(self) -> Iterator[Row]:
        """Yield (scope_kind, scope_id, JSON text of the table) in the order of kind and id."""
        cursor = self._connection.execute(
            f"select scope_kind, scope_id, text from memory.main.{self._table} order by scope_kind, scope_id"  # noqa: S608
        )
        while rows := cursor.fetchmany(64):
            for kind, scope_id, text in rows:
                yield kind, scope_id, f'{{"columns":{self._columns},"rows":[{text}]}}'

    def empty(self) -> str:
        """Return the table of a scope without rows."""
        return f'{{"columns":{self._columns},"rows":[]}}'


def write_scopes(results: Results, store: SiteStore, texts: dict[str, ScopeTexts]) -> dict[str, str]:
    """Write one file per scope and return key -> file name. `texts` holds the tables by their name in the file."""
    periods = _periods(results)
    streams = {part: _Lookup(text) for part, text in texts.items()}
    files = {}
    for kind, scope_id, scope in _scopes(results):
        tables = ",".join(f'"{part}":{stream.take(kind, scope_id)}' for part, stream in streams.items())
        content = f'{{"scope":{scope},"periods":{periods},{tables}}}'
        files[f"scope/{kind}/{scope_id}"] = store.put(f"scope/{kind}/{safe(scope_id)}", content)
    return files


class _Lookup:
    """Takes the texts of ascending scopes from an ordered stream."""

    def __init__(self, texts: ScopeTexts) -> None:
        self._rows = texts.in_order()
        self._next = next(self._rows, None)
        self._empty = texts.empty()

    def take(self, kind: str, scope_id: str) -> str:
        """Return the text of a scope, or that of none; scopes asked for must ascend."""
        while self._next is not None and self._next[:2] < (kind, scope_id):
            self._next = next(self._rows, None)
        if self._next is not None and self._next[:2] == (kind, scope_id):
            return self._next[2]
        return self._empty


def _scopes(results: Results) -> Iterator[Row]:
    columns = results.columns("scopes")
    pairs = " || ',' || ".join(f"'\"{column.name}\":' || {column.as_json()}" for column in columns)
    query = f"""
        select scope_kind, scope_id, '{{' || {pairs} || '}}'
        from ({results.sql("scopes")}) as result
        order by scope_kind, scope_id
    """  # noqa: S608 - own text
    yield from results.run("scopes", query).fetchall()


def _periods(results: Results) -> str:
    """Return the lists of periods in which the arrays of a series count their places."""
    rows = results.run("scope_periods", results.sql("scope_periods")).fetchall()
    return json.dumps({kind: [str(start) for start in starts] for kind, starts in rows}, separators=(",", ":"))
