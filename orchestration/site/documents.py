"""The files that are not of one scope: catalogue, list of scopes, KPIs, health, bulletin, half-hours, tables."""

from __future__ import annotations

import json

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


def write_documents(results: Results, store: SiteStore, centre: Centre, site: AudienceSite) -> dict[str, str]:
    """Write them and return key -> file name."""
    files = {
        "catalogue": store.put("catalogue", _catalogue(results)),
        "scopes": store.put("scopes", results.table("scopes")),
        "health": store.put("health", _health(results, centre, site)),
        "bulletin": store.put("bulletin", _bulletin(results)),
    }
    for (kind, group), table in results.grouped("scope_peers", ("peer_kind", "peer_group")):
        files[f"peers/{kind}/{group}"] = store.put(f"peers/{kind}/{safe(group)}", table)
    for (day,), table in results.grouped("half_hour", ("local_date",)):
        files[f"half_hour/{day}"] = store.put(f"half_hour/{day}", table)
    for name, result in _TABLES.items():
        files[f"table/{name}"] = store.put(f"table/{name}", results.table(result))
    return files


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
