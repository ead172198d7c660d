"""The files of the scopes: what is still open, and, apart from it, what is closed and seldom changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import polars as pl

from orchestration.site.histories.arrays import HistoryTexts
from orchestration.site.store.marks import Marks, ScopeMark
from orchestration.site.store.results import Results, row_as_json, table_text
from orchestration.site.store.store import SiteStore, safe

Scope = tuple[str, str]
"""Kind and id."""

_PARTS = {"series": "scope_values", "details": "scope_details"}
"""Table in the file -> the result that gives it."""


@dataclass(frozen=True)
class ScopeWork:
    """What is to be written: every scope's own row as JSON text, its fingerprints, and what the last time wrote."""

    rows: dict[Scope, str]
    marks: Future[Marks]
    """Waited for only by what can be the same as the last time, and at the end."""
    known: dict[str, Any]
    """'<kind>/<id>' -> {mark, file, closed_mark, closed_file} of the last publication."""
    at_once: int = 1
    """So many threads put tables in order and make texts of them: less time for more memory."""


@dataclass(frozen=True)
class ScopeRows:
    """Every scope's own row as the text of a JSON object, in the order of kind and id, and the table of them all."""

    objects: dict[Scope, str]
    table: str


def scope_rows(results: Results) -> ScopeRows:
    """Return the rows of all scopes, from one look at what is counted of each."""
    columns = results.columns("scopes")
    pairs = " || ',' || ".join(f"'\"{column.name}\":' || {column.as_json()}" for column in columns)
    query = f"""
        select scope_kind, scope_id, '{{' || {pairs} || '}}', {row_as_json(columns)}
        from ({results.sql("scopes")}) as result
    """  # noqa: S608 - own text
    rows = results.run("scopes", query).fetchall()
    table = table_text(columns, ",".join(row for *_, row in rows))
    return ScopeRows({(kind, scope): text for kind, scope, text, _ in rows}, table)


def write_scopes(results: Results, store: SiteStore, work: ScopeWork) -> dict[str, Any]:
    """Write the files of every scope; return what to remember of each, in the form of `ScopeWork.known`.

    Scopes that say what they said the last time keep their files.
    """
    remember = {_key(scope): _unchanged(store, work, scope) for scope in work.rows}
    closed = [scope for scope in work.rows if not remember[_key(scope)].get("closed_file")]
    for scope, texts in _contents(results, closed, work.at_once, is_closed=True):
        remember[_key(scope)]["closed_file"] = store.put(f"history/{scope[0]}/{safe(scope[1])}", "{", *texts, "}")
    # After what is closed, whose file it names. (One look for both takes as long and holds more in memory.)
    still_open = [scope for scope in work.rows if not remember[_key(scope)].get("file")]
    for scope, texts in _contents(results, still_open, work.at_once, is_closed=False):
        kept = remember[_key(scope)]
        head = f'{{"scope":{work.rows[scope]},"history":{json.dumps(kept["closed_file"])},'
        kept["file"] = store.put(f"scope/{scope[0]}/{safe(scope[1])}", head, *texts, "}")
    for scope in work.rows:
        kept = remember[_key(scope)]
        kept |= {"closed_mark": _mark(work, scope).closed, "mark": _open_mark(work, scope, kept)}
        store.offer(f"history/{_key(scope)}", kept["closed_mark"], kept["closed_file"])
        store.offer(f"scope/{_key(scope)}", kept["mark"], kept["file"])
    return remember


def _unchanged(store: SiteStore, work: ScopeWork, scope: Scope) -> dict[str, str]:
    """Return the files of a scope that are there already: of the last time, or in another site of this run."""
    key = _key(scope)
    before = work.known.get(key, {})
    kept: dict[str, str] = {}
    if not before and store.is_alone():
        return kept
    mark = _mark(work, scope).closed
    closed = _file(store, f"history/{key}", mark, before.get("closed_mark"), before.get("closed_file"))
    if closed:
        kept |= {"closed_mark": mark, "closed_file": closed}
        mark = _open_mark(work, scope, kept)
        still_open = _file(store, f"scope/{key}", mark, before.get("mark"), before.get("file"))
        kept |= {"mark": mark, "file": still_open} if still_open else {}
    return kept


def _file(store: SiteStore, key: str, mark: str, last_mark: str | None, last_file: str | None) -> str | None:
    if last_file and last_mark == mark and store.keep(last_file):
        return last_file
    return store.borrow(key, mark)


def _mark(work: ScopeWork, scope: Scope) -> ScopeMark:
    marks = work.marks.result()
    return marks.scopes.get(scope, marks.nothing)


def _open_mark(work: ScopeWork, scope: Scope, kept: dict[str, str]) -> str:
    return safe(f"{_mark(work, scope).open} {kept['closed_file']} {work.rows[scope]}")


def _key(scope: Scope) -> str:
    return "/".join(scope)


def _contents(
    results: Results, scopes: list[Scope], at_once: int, *, is_closed: bool
) -> Iterator[tuple[Scope, list[str]]]:
    """Yield the members of each scope's file but the scope's own row: periods and tables of what is closed, or open.

    They are texts to be written one after the other.
    """
    if not scopes:
        return
    _want(results, scopes)
    tables = {key: _Lookup(texts, at_once) for key, texts in _histories(results, at_once, is_closed=is_closed).items()}
    periods = _periods(results, is_closed=is_closed)
    for number, scope in enumerate(scopes):
        texts = [periods]
        for key, lookup in tables.items():
            texts += [f',"{key}":', lookup.take(number)]
        yield scope, texts


def _histories(results: Results, at_once: int, *, is_closed: bool) -> dict[str, HistoryTexts]:
    beside = {key: results.beside() for key in _PARTS}
    with ThreadPoolExecutor(at_once) as pool:
        found = {key: pool.submit(HistoryTexts, beside[key], name, is_closed=is_closed) for key, name in _PARTS.items()}
        return {key: texts.result() for key, texts in found.items()}


def _want(results: Results, scopes: list[Scope]) -> None:
    # As a table: of a list that is bound as a parameter every element has DuckDB look for NumPy, which is not there.
    asked = pl.DataFrame(scopes, schema=["scope_kind", "scope_id"], orient="row").with_row_index("part")
    results.connection.register("asked", asked.to_arrow())
    results.connection.execute("create or replace table memory.main.wanted as from asked")
    results.connection.unregister("asked")


def _periods(results: Results, *, is_closed: bool) -> str:
    rows = results.connection.execute(
        "select period_kind, list(period_start::varchar order by place), list(period_end::varchar order by place) "
        "from memory.main.place where is_closed = $is_closed group by period_kind order by period_kind",
        {"is_closed": is_closed},
    ).fetchall()
    starts = json.dumps({kind: list_of for kind, list_of, _ in rows}, separators=(",", ":"))
    ends = json.dumps({kind: list_of for kind, _, list_of in rows}, separators=(",", ":"))
    return f'"periods":{starts},"ends":{ends}'


class _Lookup:
    """Takes the texts of ascending parts from an ordered stream."""

    def __init__(self, texts: HistoryTexts, at_once: int) -> None:
        self._rows = texts.in_order(at_once)
        self._next = next(self._rows, None)
        self._empty = texts.empty()

    def take(self, part: int) -> str:
        """Return the text of a part, or that of none; parts asked for must ascend."""
        while self._next is not None and self._next[0] < part:
            self._next = next(self._rows, None)
        if self._next is not None and self._next[0] == part:
            return self._next[1]
        return self._empty
