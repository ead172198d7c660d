"""The manifest of a site: what it is of, and which file stands for which key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from orchestration.site.store.engine import Engines
from orchestration.site.store.results import Results
from orchestration.site.store.sites import AudienceSite
from orchestration.site.store.store import SiteStore


@dataclass(frozen=True)
class SiteResult:
    """What one publication of one audience wrote: files and bytes that were new, files in use."""

    audience: str
    generation: str
    files_written: int
    bytes_written: int


@dataclass
class Written:
    """Key -> file name, and what to remember until the next publication."""

    files: dict[str, str]
    remember: dict[str, dict[str, Any]]
    drills: dict[str, str] = field(default_factory=dict)


def finish(engines: Engines, results: Results, store: SiteStore, site: AudienceSite, written: Written) -> SiteResult:
    """Put the manifest of what was written in place."""
    manifest = about(engines, results, site) | _listed(written.files | written.drills)
    generation = store.finish(manifest, written.remember)
    return SiteResult(site.name, generation, store.files_written, store.bytes_written)


def about(engines: Engines, results: Results, site: AudienceSite) -> dict[str, object]:
    """Return what a manifest says besides the files."""
    centre, dates = engines.centre, engines.dates
    return {
        "as_of": dates.instant,
        "as_of_date": dates.last_day.isoformat(),
        "centre": {
            "name": centre.name,
            "time_zone": centre.time_zone,
            "language": centre.language,
            "currency": centre.thresholds.replacement_cost_currency,
        },
        "audience": site.name,
        "day_points": centre.thresholds.site_day_points,
        "drill_days": centre.thresholds.drill_days,
        "pareto_share": float(centre.thresholds.pareto_share),
        "topic_signal": {name: float(value) for name, value in centre.topic_signal.model_dump().items()},
        "sql": results.shown_sql(),
    }


def _listed(files: dict[str, str]) -> dict[str, object]:
    """Return what the manifest lists, apart: files that pages read, tables of analysts, and what is to be saved."""
    apart = ("table/", "text/")
    listed: dict[str, object] = {"files": {key: name for key, name in files.items() if not key.startswith(apart)}}
    for part, start in (("tables", "table/"), ("texts", "text/")):
        listed[part] = {key.removeprefix(start): name for key, name in files.items() if key.startswith(start)}
    return listed
