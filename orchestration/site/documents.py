"""The files that are not of one scope: catalogue, list of scopes, KPIs, health, bulletin, half-hours, tables."""

from __future__ import annotations

import json
from typing import Any

from orchestration.audiences import AudienceSite
from orchestration.centre import Centre
from orchestration.centre.sources import TOPICS
from orchestration.site.results import Results
from orchestration.site.store import SiteStore, safe

_TABLES = {
    "dim_kpi": "catalogue",
    "dim_kpi_target": "catalogue_targets",
    "dim_scope": "table_dim_scope",
    "fct_kpi_value": "table_fct_kpi_value",
}
"""Tables for an analyst's own page -> the result that gives them."""

_HEALTH_OF_ALL = ("files", "equation", "reconciliation", "quarantine", "freshness")
"""What shows files and offending values of the whole centre; other audiences see how fresh the sources are."""


def write_documents(
    results: Results, store: SiteStore, centre: Centre, site: AudienceSite
) -> tuple[dict[str, str], dict[str, Any]]:
    """Write them; return key -> file name, and what to remember of the half-hours: day -> {mark, file}."""
    files = {
        "catalogue": store.put("catalogue", _catalogue(results)),
        "scopes": store.put("scopes", results.table("scopes")),
        "health": store.put("health", _health(results, centre, site)),
        "bulletin": store.put("bulletin", _bulletin(results)),
    }
    for (kind, group), table in results.grouped("scope_peers", ("peer_kind", "peer_group")):
        files[f"peers/{kind}/{group}"] = store.put(f"peers/{kind}/{safe(group)}", table)
    half_hours = _half_hours(results, store)
    files |= {f"half_hour/{day}": kept["file"] for day, kept in half_hours.items()}
    for name, result in _TABLES.items():
        files[f"table/{name}"] = store.put(f"table/{name}", results.table(result))
    return files, half_hours


def _half_hours(results: Results, store: SiteStore) -> dict[str, Any]:
    """Write the half-hours of each day, unless its file is there already or in another site of this run."""
    known = store.remembered("half_hour")
    marks = results.run(
        "half_hour",
        f"""
        select local_date::varchar, count(*)::varchar || ' ' || sum(hash(result)::hugeint)::varchar
        from ({results.unordered("half_hour")}) as result
        group by local_date
        """,  # noqa: S608 - own text
    ).fetchall()
    remember: dict[str, Any] = {}
    for day, said in sorted(marks):
        mark = safe(results.sql("half_hour")) + said
        before = known.get(day, {})
        name = before["file"] if before.get("mark") == mark and store.keep(before["file"]) else None
        name = name or store.borrow(f"half_hour/{day}", mark)
        if name is None:
            ((_, table),) = results.grouped("half_hour", ("local_date",), date=day)
            name = store.put(f"half_hour/{day}", table)
        store.offer(f"half_hour/{day}", mark, name)
        remember[day] = {"mark": mark, "file": name}
    return remember


def _object(parts: dict[str, str]) -> str:
    return "{" + ",".join(f'"{name}":{text}' for name, text in parts.items()) + "}"


def _catalogue(results: Results) -> str:
    return _object(
        {
            "kpis": results.table("catalogue"),
            "actions": results.table("catalogue_actions"),
            "targets": results.table("catalogue_targets"),
            "measures": results.table("catalogue_measures"),
        }
    )


def _health(results: Results, centre: Centre, site: AudienceSite) -> str:
    shown = _HEALTH_OF_ALL if site.is_all else ("freshness",)
    parts = {name: results.table(f"health_{name}") for name in shown}
    missing = [
        [source.name, topic] for source in centre.sources for topic in TOPICS if topic not in source.recorded_topics()
    ]
    parts["not_recorded"] = json.dumps({"columns": ["source_id", "topic"], "rows": missing})
    return _object(parts)


def _bulletin(results: Results) -> str:
    table = results.table("bulletin")
    content = json.loads(table)
    place = content["columns"].index("day")
    days = sorted({row[place] for row in content["rows"]}, reverse=True)
    return _object({"days": json.dumps(days), "values": table})
