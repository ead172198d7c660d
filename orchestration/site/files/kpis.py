"""The files of the KPIs: one with the centre's trend, and one per period with everybody's place in it."""

from __future__ import annotations

import json
from collections import defaultdict
from concurrent.futures import Future
from datetime import timedelta
from typing import Any

from orchestration.site.store.marks import Marks, PeriodKey, PeriodMark
from orchestration.site.store.results import Results, row_as_json, table_text
from orchestration.site.store.store import SiteStore, safe

_KEYS = ("kpi_id", "period_kind", "period_start")


def write_kpis(
    results: Results, store: SiteStore, read_marks: Future[Marks], known: dict[str, Any]
) -> tuple[dict[str, str], dict[str, Any]]:
    """Write them; return key -> file name, and what to remember: '<kpi>/<kind>/<start>' -> {mark, file}.

    Periods in which nobody's value changed keep their files.
    """
    remember: dict[str, Any] = {}
    marks = read_marks.result().periods
    for key, mark in marks.items():
        name = "/".join(key)
        before = known.get(name, {"mark": None, "file": ""})
        if before["mark"] == mark.mark and (before["file"] is None or store.keep(before["file"])):
            remember[name] = before
        elif not mark.is_own and (file := store.borrow(f"kpi/{name}", mark.mark)):
            remember[name] = {"mark": mark.mark, "file": file}
    changed = {key: mark for key, mark in marks.items() if "/".join(key) not in remember}
    if changed:
        remember |= _write_periods(results, store, changed)
    for key, mark in marks.items():
        file = remember["/".join(key)]["file"]
        if file and not mark.is_own:
            store.offer(f"kpi/{'/'.join(key)}", mark.mark, file)
    return _write_trends(results, store, remember), remember


def _write_periods(results: Results, store: SiteStore, changed: dict[PeriodKey, PeriodMark]) -> dict[str, Any]:
    since = min(mark.end for mark in changed.values()) - timedelta(days=1)
    columns = [column for column in results.columns("kpi_values") if column.name not in _KEYS]
    # A period in which nobody has a row has no file.
    written: dict[str, Any] = {"/".join(key): {"mark": mark.mark, "file": None} for key, mark in changed.items()}
    query = f"""
        select kpi_id, period_kind, period_start::varchar, string_agg({row_as_json(columns)}, ',')
        from ({results.sql("kpi_values")}) as result
        group by kpi_id, period_kind, period_start
    """  # noqa: S608 - own text
    cursor = results.run("kpi_values", query, ranked_since=since)
    while rows := cursor.fetchmany(64):
        for kpi, kind, start, text in rows:
            if (kpi, kind, start) in changed:
                name = store.put(f"kpi/{safe(kpi)}/{kind}", table_text(columns, text))
                written[f"{kpi}/{kind}/{start}"]["file"] = name
    return written


def _write_trends(results: Results, store: SiteStore, periods: dict[str, Any]) -> dict[str, str]:
    parts: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for key, kept in sorted(periods.items()):
        kpi, kind, start = key.rsplit("/", 2)
        if kept["file"]:
            parts[kpi][kind][start] = kept["file"]
    trends = {kpi: text for (kpi,), text in results.grouped("kpi_trend", ("kpi_id",))}
    empty = table_text([], "")
    return {
        f"kpi/{kpi}": store.put(
            f"kpi/{safe(kpi)}", f'{{"trend":{trends.get(kpi, empty)},"periods":{json.dumps(parts[kpi])}}}'
        )
        for kpi in sorted(parts)
    }
