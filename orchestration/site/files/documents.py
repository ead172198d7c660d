"""The files that are not of one scope: catalogue, list of scopes, KPIs, health, bulletin, half-hours, tables."""

from __future__ import annotations

import json
from typing import Any

from orchestration.centre import Centre
from orchestration.site.files.bulletin import bulletin_text
from orchestration.site.store.code import site_code
from orchestration.site.store.digest import rows_digest
from orchestration.site.store.results import Results
from orchestration.site.store.sites import AudienceSite
from orchestration.site.store.store import SiteStore, safe
from schemas import TOPICS

TABLES = {
    "table/dim_kpi": "catalogue",
    "table/dim_kpi_target": "catalogue_targets",
    "table/dim_scope": "table_dim_scope",
    "table/fct_kpi_value": "table_fct_kpi_value",
}
"""Keys of the tables for an analyst's own page -> the result that gives them."""

_HEALTH_OF_ALL = (
    "intake",
    "drift",
    "files",
    "equation",
    "reconciliation",
    "routing",
    "lines",
    "states",
    "codes",
    "policies",
    "quarantine",
    "freshness",
    "lateness",
    "notices",
    "undelivered",
    "retention",
)
"""What shows files and offending values of the whole centre; other audiences see which versions of the policy lack
keys, and how fresh the sources are."""


def write_documents(
    results: Results, store: SiteStore, centre: Centre, site: AudienceSite, scopes: str
) -> tuple[dict[str, str], dict[str, Any]]:
    """Write all of them; return key -> file name, and what to remember of the half-hours: day -> {mark, file}.

    `scopes` is the text of the table of all scopes.
    """
    files = write_overviews(results, store, centre, site, scopes)
    half_hours = write_half_hours(results, store)
    return files | write_peers(results, store) | half_hours[0] | write_tables(results, store), half_hours[1]


def write_overviews(
    results: Results, store: SiteStore, centre: Centre, site: AudienceSite, scopes: str
) -> dict[str, str]:
    """Write catalogue, list of scopes, health of the data, bulletin, codes and policy; return key -> file name."""
    return {
        "catalogue": store.put("catalogue", _catalogue(results)),
        "scopes": store.put("scopes", scopes),
        "health": store.put("health", _health(results, centre, site)),
        "bulletin": store.put("bulletin", bulletin_text(results)),
        "codes": store.put("codes", results.table("codes")),
        "policy": store.put("policy", results.table("policy_words")),
    }


def write_peers(results: Results, store: SiteStore) -> dict[str, str]:
    """Write what the agents of a group are compared with; return key -> file name."""
    return {
        f"peers/{kind}/{group}": store.put(f"peers/{kind}/{safe(group)}", table)
        for (kind, group), table in results.grouped("scope_peers", ("peer_kind", "peer_group"))
    }


def write_tables(results: Results, store: SiteStore) -> dict[str, str]:
    """Write the tables for an analyst's own page; return key -> file name."""
    return {name: store.put(name, results.table(result)) for name, result in TABLES.items()}


def write_half_hours(results: Results, store: SiteStore) -> tuple[dict[str, str], dict[str, Any]]:
    """Write the half-hours of each day; return key -> file name, and what to remember: day -> {mark, file}."""
    half_hours = _half_hours(results, store)
    return {f"half_hour/{day}": kept["file"] for day, kept in half_hours.items()}, half_hours


def _half_hours(results: Results, store: SiteStore) -> dict[str, Any]:
    """Write the half-hours of each day, unless its file is there already or in another site of this run."""
    known = store.remembered("half_hour")
    marks = results.run(
        "half_hour",
        f"""
        select local_date::varchar, count(*)::varchar || ' ' || {rows_digest("result")}
        from ({results.unordered("half_hour")}) as result
        group by local_date
        """,  # noqa: S608 - own text
    ).fetchall()
    made_by = safe(f"{results.sql('half_hour')} {site_code()}")
    remember: dict[str, Any] = {}
    for day, said in sorted(marks):
        mark = made_by + said
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
            "versions": results.table("catalogue_versions"),
        }
    )


def _health(results: Results, centre: Centre, site: AudienceSite) -> str:
    shown = _HEALTH_OF_ALL if site.is_all else ("policies", "freshness")
    parts = {name: results.table(f"health_{name}") for name in shown}
    missing = [
        [source.name, topic] for source in centre.sources for topic in TOPICS if topic not in source.recorded_topics()
    ]
    parts["not_recorded"] = json.dumps({"columns": ["source_id", "topic"], "rows": missing})
    return _object(parts)
