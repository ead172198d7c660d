"""What an audience sees of wider scopes, worked out once for all audiences that see the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from orchestration.site.store.digest import rows_digest
from orchestration.site.store.marks import PeriodKey, Said, read_said
from orchestration.site.store.results import Results, columns_as_json, row_as_json
from orchestration.site.store.store import safe

WIDE = "('centre', 'channel', 'queue')"
"""Kinds of scopes that are nobody's own, as a list of SQL."""

_KEPT = 8
"""So many different views are remembered: each takes some megabytes, and audiences in a row mostly have the same."""

Shelf = tuple[str, str, str]
"""KPI, kind of period, and which of them: rankings that stand in one file."""

T = TypeVar("T")


@dataclass(frozen=True)
class WideValues:
    """What some audiences see of the values of wider scopes."""

    said: Said
    """Digests by scope, and by period but of days."""
    mark: str
    """A fingerprint of all rows."""
    shelves: dict[Shelf, str]
    """Fingerprints of the rankings."""
    periods: tuple[PeriodKey, ...]
    """Which rankings there are."""
    trends: dict[str, str]
    """KPI -> the text of the table of the centre's trend."""


def read_wide_values(results: Results) -> WideValues:
    """Read them with an engine that is restricted to an audience."""
    said = read_said(results, "wide.main.wide_value")
    periods: dict[PeriodKey, tuple[date, str]] = {key: own for key, own in said.periods.items() if key[1] != "day"}
    marks = _ranking_marks(results)
    on_shelf: dict[Shelf, list[str]] = {}
    for (kpi, kind, start), mark in marks.items():
        on_shelf.setdefault(shelf_of(kpi, kind, start), []).append(f"{start} {mark}")
    heads = columns_as_json(results.columns("kpi_values"))
    shelves = {shelf: safe(" ".join([heads, *found])) for shelf, found in on_shelf.items()}
    trends = {kpi: text for (kpi,), text in results.grouped("kpi_trend", ("kpi_id",))}
    mark = rows_mark(results, "wide.main.wide_value")
    return WideValues(Said(said.scopes, periods), mark, shelves, tuple(marks), trends)


def shelf_of(kpi: str, kind: str, start: str) -> Shelf:
    """Return where a ranking stands: weeks of a quarter together, months of a year, longer periods by their kind."""
    year, month = start[:4], int(start[5:7])
    if kind == "week":
        return kpi, kind, f"{year}Q{(month + 2) // 3}"
    return kpi, kind, "all" if kind in ("quarter", "year") else year


def _ranking_marks(results: Results) -> dict[PeriodKey, str]:
    """Return the fingerprint of every ranking of wider scopes: of its rows as they are written."""
    columns = results.columns("kpi_values")
    rows = results.run(
        "kpi_values",
        f"""
        select kpi_id, period_kind, period_start::varchar, sha256(string_agg({row_as_json(columns)}, ','))
        from ({results.sql("kpi_values")}) as result
        where scope_kind in {WIDE}
        group by kpi_id, period_kind, period_start
        order by all
        """,  # noqa: S608 - own text
    ).fetchall()
    return {(kpi, kind, start): said for kpi, kind, start, said in rows}


def rows_mark(results: Results, table: str) -> str:
    """Return a fingerprint of the rows of a table, whatever their order."""
    ((count, said),) = results.connection.execute(
        f"select count(*), {rows_digest('told')} from {table} as told"  # noqa: S608 - own names
    ).fetchall()
    return f"{count} {said}"


class Remembered(Generic[T]):
    """Remembers the last few of what is dear to make, by name; made once though several threads ask for it."""

    def __init__(self) -> None:
        self._found: OrderedDict[str, Future[T]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: str, make: Callable[[], T]) -> T:
        """Return what has this name; `make` makes it if it is not remembered. What failed is made again."""
        with self._lock:
            found = self._found.get(name)
            if is_new := found is None or (found.done() and found.exception() is not None):
                found = self._found[name] = Future()
            self._found.move_to_end(name)
            while len(self._found) > _KEPT:
                self._found.popitem(last=False)
        if is_new:
            try:
                found.set_result(make())
            except BaseException as error:  # noqa: BLE001 - told to whoever asked for it
                found.set_exception(error)
        return found.result()
