"""What makes the gaps: a file per KPI and period with every whole and its parts, and an index of them."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from orchestration.site.store.code import site_code
from orchestration.site.store.digest import rows_digest
from orchestration.site.store.results import Column, Results, row_as_json, table_text
from orchestration.site.store.store import SiteStore, safe

_OF_WHOLE = (
    "whole_kind",
    "whole_id",
    "whole_value",
    "bound",
    "side",
    "gap",
    "formula_version",
    "target_version",
)
_OF_PART = (
    "whole_kind",
    "whole_id",
    "split",
    "part_kind",
    "part_id",
    "parts",
    "numerator",
    "denominator",
    "n",
    "contribution",
    "gap_if_at_bound",
    "leave_one_out",
    "is_small",
)


def write_impact(results: Results, store: SiteStore) -> tuple[dict[str, str], dict[str, Any]]:
    """Write them; return key -> file name, and what to remember: '<kpi>/<kind>/<start>' -> {mark, file}.

    Periods in which no part of any gap changed keep their files. Without any gap there is no index.
    """
    known = store.remembered("impact")
    marks, gaps = _marks(results)
    remember = {
        key: known[key]
        for key, mark in marks.items()
        if known.get(key, {}).get("mark") == mark and store.keep(known[key]["file"])
    }
    changed = marks.keys() - remember.keys()
    if changed:
        remember |= {key: {"mark": marks[key], "file": file} for key, file in _write(results, store, changed).items()}
    if not remember:
        return {}, {}
    parts: dict[str, dict[str, dict[str, list[Any]]]] = defaultdict(lambda: defaultdict(dict))
    for key in sorted(remember):
        kpi, kind, start = key.rsplit("/", 2)
        parts[kpi][kind][start] = [remember[key]["file"], gaps[key]]
    return {"impact": store.put("impact", json.dumps(parts))}, remember


def _marks(results: Results) -> tuple[dict[str, str], dict[str, float | None]]:
    """Return the fingerprint of every KPI and period, and the centre's gap in it."""
    made_by = safe(f"{results.sql('impact')} {_OF_WHOLE} {_OF_PART} {site_code()}")
    rows = results.run(
        "impact",
        f"""
        select kpi_id || '/' || period_kind || '/' || period_start::varchar, count(*)::varchar || {rows_digest("told")},
            round(any_value(gap) filter (whole_kind = 'centre'), 9)
        from scorecard.fct_metric_impact as told
        group by kpi_id, period_kind, period_start
        """,  # noqa: S608 - own text
    ).fetchall()
    return {key: f"{made_by} {said}" for key, said, _ in rows}, {key: gap for key, _, gap in rows}


def _write(results: Results, store: SiteStore, changed: set[str]) -> dict[str, str]:
    """Write the files of these KPIs and periods; return '<kpi>/<kind>/<start>' -> file name."""
    columns = {column.name: column for column in results.columns("impact")}
    wholes, parts = ([columns[name] for name in names] for names in (_OF_WHOLE, _OF_PART))
    since = min(key.rpartition("/")[2] for key in changed)
    cursor = results.run(
        "impact",
        f"""
        select kpi_id, period_kind, period_start::varchar,
            array_to_string(list_sort(list(distinct {row_as_json(wholes)})), ','), string_agg({row_as_json(parts)}, ',')
        from ({results.sql("impact")}) as result
        where period_start >= date '{since}'
        group by kpi_id, period_kind, period_start
        """,  # noqa: S608 - own text
    )
    written: dict[str, str] = {}
    while rows := cursor.fetchmany(16):
        for kpi, kind, start, of_wholes, of_parts in rows:
            key = f"{kpi}/{kind}/{start}"
            if key in changed:
                text = _text(wholes, of_wholes, parts, of_parts)
                written[key] = store.put(f"impact/{safe(kpi)}/{kind}", text)
    return written


def _text(wholes: list[Column], of_wholes: str, parts: list[Column], of_parts: str) -> str:
    return f'{{"wholes":{table_text(wholes, of_wholes)},"parts":{table_text(parts, of_parts)}}}'
