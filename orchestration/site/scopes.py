"""The files of the scopes: what is still open, and, apart from it, what is closed and seldom changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from orchestration.site.arrays import HistoryTexts
from orchestration.site.marks import ScopeMark
from orchestration.site.results import Results
from orchestration.site.store import SiteStore, safe

Scope = tuple[str, str]
"""Kind and id."""

_PARTS = {"series": "scope_values", "details": "scope_details"}
"""Table in the file -> the result that gives it."""


@dataclass(frozen=True)
class ScopeWork:
    """What is to be written: every scope's own row as JSON text, its fingerprints, and what the last time wrote."""

    rows: dict[Scope, str]
    marks: dict[Scope, ScopeMark]
    known: dict[str, Any]
    """'<kind>/<id>' -> {mark, file, closed_mark, closed_file} of the last publication."""


def scope_rows(results: Results) -> dict[Scope, str]:
    """Return the row of every scope as the text of a JSON object, in the order of kind and id."""
    columns = results.columns("scopes")
    pairs = " || ',' || ".join(f"'\"{column.name}\":' || {column.as_json()}" for column in columns)
    query = f"""
        select scope_kind, scope_id, '{{' || {pairs} || '}}'
        from ({results.sql("scopes")}) as result
        order by scope_kind, scope_id
    """  # noqa: S608 - own text
    return {(kind, scope): text for kind, scope, text in results.run("scopes", query).fetchall()}


def write_scopes(results: Results, store: SiteStore, work: ScopeWork, share: int, shares: int) -> dict[str, Any]:
    """Write the files of every `shares`-th scope; return what to remember of each, in the form of `ScopeWork.known`.

    Scopes that say what they said the last time keep their files.
    """
    mine = [scope for number, scope in enumerate(work.rows) if number % shares == share]
    remember = {_key(scope): _unchanged(store, work, scope) for scope in mine}
    closed = [scope for scope in mine if not remember[_key(scope)].get("closed_file")]
    for scope, text in _contents(results, closed, is_closed=True):
        name = store.put(f"history/{scope[0]}/{safe(scope[1])}", f"{{{text}}}")
        remember[_key(scope)] |= {"closed_mark": _mark(work, scope).closed, "closed_file": name}
    still_open = [scope for scope in mine if not remember[_key(scope)].get("file")]
    for scope, text in _contents(results, still_open, is_closed=False):
        kept = remember[_key(scope)]
        content = f'{{"scope":{work.rows[scope]},"history":{json.dumps(kept["closed_file"])},{text}}}'
        kept |= {
            "mark": _open_mark(work, scope, kept),
            "file": store.put(f"scope/{scope[0]}/{safe(scope[1])}", content),
        }
    return remember


def _unchanged(store: SiteStore, work: ScopeWork, scope: Scope) -> dict[str, str]:
    before = work.known.get(_key(scope), {})
    kept: dict[str, str] = {}
    if before.get("closed_mark") == _mark(work, scope).closed and store.keep(before["closed_file"]):
        kept |= {"closed_mark": before["closed_mark"], "closed_file": before["closed_file"]}
        if before.get("mark") == _open_mark(work, scope, kept) and store.keep(before["file"]):
            kept |= {"mark": before["mark"], "file": before["file"]}
    return kept


def _mark(work: ScopeWork, scope: Scope) -> ScopeMark:
    return work.marks.get(scope, ScopeMark())


def _open_mark(work: ScopeWork, scope: Scope, kept: dict[str, str]) -> str:
    return safe(f"{_mark(work, scope).open} {kept['closed_file']} {work.rows[scope]}")


def _key(scope: Scope) -> str:
    return "/".join(scope)


def _contents(results: Results, scopes: list[Scope], *, is_closed: bool) -> Iterator[tuple[Scope, str]]:
    """Yield the members of each scope's file but its own row: periods and tables."""
    if not scopes:
        return
    periods = _periods(results, is_closed=is_closed)
    with _only(results, scopes) as chosen:
        parts = {part: _Lookup(HistoryTexts(chosen, name, is_closed=is_closed)) for part, name in _PARTS.items()}
    for scope in scopes:
        tables = ",".join(f'"{part}":{lookup.take(*scope)}' for part, lookup in parts.items())
        yield scope, f"{periods},{tables}"


def _periods(results: Results, *, is_closed: bool) -> str:
    rows = results.connection.execute(
        "select period_kind, list(period_start::varchar order by place), list(period_end::varchar order by place) "
        "from memory.main.place where is_closed = $is_closed group by period_kind order by period_kind",
        {"is_closed": is_closed},
    ).fetchall()
    starts = json.dumps({kind: list_of for kind, list_of, _ in rows}, separators=(",", ":"))
    ends = json.dumps({kind: list_of for kind, _, list_of in rows}, separators=(",", ":"))
    return f'"periods":{starts},"ends":{ends}'


@contextmanager
def _only(results: Results, scopes: list[Scope]) -> Iterator[Results]:
    """Give the results in which `scorecard.fct_kpi_value` has these scopes only."""
    results.connection.execute("create or replace table part.scorecard.wanted (scope_kind varchar, scope_id varchar)")
    results.connection.execute(
        "insert into part.scorecard.wanted select unnest($kinds), unnest($ids)",
        {"kinds": [kind for kind, _ in scopes], "ids": [scope_id for _, scope_id in scopes]},
    )
    results.connection.execute(
        f"create or replace view part.scorecard.fct_kpi_value as from {results.schema}.fct_kpi_value "
        "semi join part.scorecard.wanted using (scope_kind, scope_id)"
    )
    results.connection.execute("use part.scorecard")
    yield results
    results.connection.execute(f"use {results.schema}")


class _Lookup:
    """Takes the texts of ascending scopes from an ordered stream."""

    def __init__(self, texts: HistoryTexts) -> None:
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
