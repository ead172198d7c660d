"""The KPIs' files of an agent's site: his own values in one table, beside rankings of wider scopes that sites share.

With his row in it every ranking would be a file of his own, over a thousand of them. His rows stand in the KPI's file
instead; the rankings of the wider scopes, the same for most readers, in files of several periods each.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from orchestration.site.audiences.wide import WIDE, Shelf, WideValues, shelf_of
from orchestration.site.store.marks import PeriodKey
from orchestration.site.store.results import Column, Results, row_as_json, table_text
from orchestration.site.store.store import SiteStore, safe

_EMPTY = table_text([], "")


def write_own_kpis(
    results: Results, store: SiteStore, wide: WideValues, known: dict[str, Any]
) -> tuple[dict[str, str], dict[str, Any]]:
    """Write them; return key -> file name, and what to remember: '<kpi>/<kind>/<shelf>' -> {mark, file}."""
    shelves = _write_shelves(results, store, wide, known)
    values, own = _own_values(results)
    periods: dict[str, dict[str, dict[str, str | None]]] = defaultdict(lambda: defaultdict(dict))
    ranked = set(wide.periods)
    for key in sorted({*ranked, *own}):
        kpi, kind, start = key
        # Where nobody but the agent has a value there is no file.
        periods[kpi][kind][start] = shelves["/".join(shelf_of(*key))]["file"] if key in ranked else None
    files = {}
    for kpi, starts in periods.items():
        parts = {"trend": wide.trends.get(kpi, _EMPTY), "values": values.get(kpi, _EMPTY)}
        told = "".join(f'"{name}":{text},' for name, text in parts.items())
        files[f"kpi/{kpi}"] = store.put(f"kpi/{safe(kpi)}", f'{{{told}"periods":{json.dumps(starts)}}}')
    return files, shelves


def _write_shelves(results: Results, store: SiteStore, wide: WideValues, known: dict[str, Any]) -> dict[str, Any]:
    """Write the rankings of wider scopes that are neither in this site yet nor in another one of this run."""
    remember: dict[str, Any] = {}
    missing: dict[Shelf, str] = {}
    for shelf, mark in wide.shelves.items():
        name = "/".join(shelf)
        before = known.get(name, {"mark": None, "file": ""})
        is_kept = before["mark"] == mark and store.keep(before["file"])
        file = before["file"] if is_kept else store.borrow(f"shelf/{name}", mark)
        if file:
            remember[name] = {"mark": mark, "file": file}
        else:
            missing[shelf] = mark
    if missing:
        remember |= _write_missing(results, store, missing)
    for name, kept in remember.items():
        store.offer(f"shelf/{name}", kept["mark"], kept["file"])
    return remember


def _write_missing(results: Results, store: SiteStore, missing: dict[Shelf, str]) -> dict[str, Any]:
    columns, rows = _ranked(results, f"scope_kind in {WIDE}")
    texts: dict[Shelf, list[str]] = defaultdict(list)
    for key, text in rows.items():
        texts[shelf_of(*key)].append(text)
    written = {}
    for shelf, mark in missing.items():
        kpi, kind, _ = shelf
        file = store.put(f"kpi/{safe(kpi)}/{kind}", table_text(columns, ",".join(texts[shelf])))
        written["/".join(shelf)] = {"mark": mark, "file": file}
    return written


def _own_values(results: Results) -> tuple[dict[str, str], list[PeriodKey]]:
    """Return KPI -> the table of the audience's own values in all periods, and the periods that have any."""
    columns, rows = _ranked(results, f"scope_kind not in {WIDE}")
    texts: dict[str, list[str]] = defaultdict(list)
    for (kpi, _, _), text in rows.items():
        texts[kpi].append(text)
    return {kpi: table_text(columns, ",".join(found)) for kpi, found in texts.items()}, list(rows)


def _ranked(results: Results, scopes: str) -> tuple[list[Column], dict[PeriodKey, str]]:
    """Return the columns, and the rows of every ranking as text, of scopes for which this condition of SQL holds."""
    columns = [column for column in results.columns("kpi_values") if column.name != "kpi_id"]
    rows = results.run(
        "kpi_values",
        f"""
        select kpi_id, period_kind, period_start::varchar, string_agg({row_as_json(columns)}, ',')
        from ({results.sql("kpi_values")}) as result
        where {scopes}
        group by kpi_id, period_kind, period_start
        order by kpi_id, period_kind, period_start
        """,  # noqa: S608 - own text
    ).fetchall()
    return columns, {(kpi, kind, start): text for kpi, kind, start, text in rows}
