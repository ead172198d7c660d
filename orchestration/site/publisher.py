"""Writes the data of a home's site for everybody; the sites of single audiences come from there."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from orchestration.centre import Centre
from orchestration.home.paths import Home
from orchestration.home.progress import say
from orchestration.site.audiences.writer import write_audiences
from orchestration.site.files.bulletin import write_editions
from orchestration.site.files.documents import write_half_hours, write_overviews, write_peers, write_tables
from orchestration.site.files.governance import write_governance
from orchestration.site.files.impact import write_impact
from orchestration.site.files.kpis import write_kpis
from orchestration.site.files.manifest import SiteResult, Written, finish
from orchestration.site.files.restatements import write_restatements
from orchestration.site.files.scopes import ScopeWork, scope_rows, write_scopes
from orchestration.site.records.drill import KINDS, write_drills
from orchestration.site.store.dates import read_dates
from orchestration.site.store.engine import ENGINES, Engines
from orchestration.site.store.marks import Marks, read_marks
from orchestration.site.store.results import Results
from orchestration.site.store.sites import AudienceSite, audience_sites
from orchestration.site.store.store import SharedFiles, SiteStore

P = ParamSpec("P")
T = TypeVar("T")


def write_site(home: Home, centre: Centre) -> list[SiteResult]:
    """Write the data of the home's site from its published file; of every audience that centre.yaml names.

    site/data holds everything; site/audiences/<name>/<team or agent>/data holds what that reader may see.
    Raises duckdb.Error if the published file lacks a table that reports/sources reads; the manifests that are in
    place stay then.
    """
    shared = SharedFiles()
    dates = read_dates(home.published_file, centre.thresholds)
    with tempfile.TemporaryDirectory(prefix="scorehouse-site-") as scratch:
        engines = Engines(home, centre, dates, Path(scratch))
        result, marks = _write(engines, home, shared)
        sites = list(audience_sites(home, centre))
        return [result, *write_audiences(engines, sites, shared, marks)] if sites else [result]


def _write(engines: Engines, home: Home, shared: SharedFiles) -> tuple[SiteResult, Marks]:
    site = AudienceSite("all", home.site / "data", home.state / "site" / "all.json")
    say(f"writing the pages' data: {site.name}")
    site.folder.mkdir(parents=True, exist_ok=True)
    store = SiteStore(site.folder, site.state_file, shared)
    with engines.open(shares=ENGINES) as main:
        written, marks = _write_all(engines, main, store, site)
        return finish(engines, main, store, site, written), marks


def _write_all(engines: Engines, main: Results, store: SiteStore, site: AudienceSite) -> tuple[Written, Marks]:
    """Write every file but the manifest: pieces of work beside each other, as many as there are cores."""
    known, known_kpis = store.remembered("scope"), store.remembered("kpi")
    of_records = (engines.dates, engines.centre.thresholds.drill_days, KINDS)
    rows = scope_rows(main)
    with ThreadPoolExecutor(ENGINES) as pool:
        begin = _Begin(pool, main, store)
        marks = pool.submit(read_marks, main.beside())
        work = ScopeWork(rows.objects, marks, known, at_once=ENGINES)
        # Without a memory scopes wait for no mark, and take as long as all the others together.
        first = [] if known else [begin(write_scopes, work)]
        overviews = begin(write_overviews, engines.centre, site, rows.table)
        peers, half_hours, tables = begin(write_peers), begin(write_half_hours), begin(write_tables)
        editions = begin(write_editions)
        restatements, impact = begin(write_restatements, site), begin(write_impact)
        governance = begin(write_governance, engines.centre.thresholds.drill_days)
        # Without a memory all days are written, for which there is room in memory only after the values.
        drills = begin(write_drills, *of_records) if store.remembered("drill") else None
        # By then the marks are there, or will be soon.
        (scopes,) = first or [begin(write_scopes, work)]
        kpis = begin(write_kpis, marks, known_kpis)
    remember: dict[str, dict[str, Any]] = {"scope": scopes.result()}
    of_half_hours, remember["half_hour"] = half_hours.result()
    trends, remember["kpi"] = kpis.result()
    gaps, remember["impact"] = impact.result()
    records, remember["drill"] = drills.result() if drills else write_drills(main, store, *of_records)
    files = overviews.result() | peers.result() | of_half_hours | tables.result() | trends
    files |= restatements.result() | governance.result() | gaps | editions.result()
    files |= {f"scope/{key}": kept["file"] for key, kept in remember["scope"].items()}
    return Written(files, remember, records), marks.result()


@dataclass(frozen=True)
class _Begin:
    """Begins pieces of work, each with a connection of its own."""

    pool: ThreadPoolExecutor
    main: Results
    store: SiteStore

    def __call__(
        self, write: Callable[Concatenate[Results, SiteStore, P], T], *of: P.args, **named: P.kwargs
    ) -> Future[T]:
        return self.pool.submit(write, self.main.beside(), self.store, *of, **named)
