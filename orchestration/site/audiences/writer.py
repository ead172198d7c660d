"""Writes the sites of single audiences: what is theirs alone anew, and by a link what another site holds already."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from orchestration.home.progress import say
from orchestration.site.audiences.kpis import write_own_kpis
from orchestration.site.audiences.rows import AudienceRows, record_days
from orchestration.site.audiences.shared import HalfHours, write_audience_tables
from orchestration.site.audiences.wide import Remembered, WideValues, read_wide_values
from orchestration.site.files.bulletin import write_editions
from orchestration.site.files.documents import write_overviews, write_peers
from orchestration.site.files.governance import write_governance
from orchestration.site.files.impact import write_impact
from orchestration.site.files.kpis import write_kpis
from orchestration.site.files.manifest import SiteResult, Written, about, finish
from orchestration.site.files.restatements import write_restatements
from orchestration.site.files.scopes import ScopeWork, scope_rows, write_scopes
from orchestration.site.records.drill import KINDS_OF_AGENT, KINDS_OF_TEAM, write_drills
from orchestration.site.store.code import site_code
from orchestration.site.store.digest import rows_digest
from orchestration.site.store.engine import ENGINES, Engines
from orchestration.site.store.marks import Marks, Said, read_audience_marks
from orchestration.site.store.results import Column, Results
from orchestration.site.store.sites import AudienceSite
from orchestration.site.store.store import SharedFiles, SiteStore


def write_audiences(
    engines: Engines, sites: Sequence[AudienceSite], shared: SharedFiles, everybody: Marks
) -> list[SiteResult]:
    """Write the data of these sites, as many beside each other as there are engines.

    `shared` has the files of the site of everybody, and `everybody` the fingerprints of its values.
    """
    folder = engines.scratch / "audiences"
    folder.mkdir()
    rows = AudienceRows(folder)
    dates, days = engines.dates, engines.centre.thresholds.drill_days
    say(f"preparing the pages' data of {len(sites)} audiences")
    shown = record_days(dates.last_day, dates.closed_until, dates.first_drill_day, days)
    with engines.open(lambda connection: rows.prepare(connection, sites, shown)) as results:
        parameters, columns = results.parameters, results.columns("drill") if days else []
    work = _Work(engines, rows, shared, everybody, parameters, columns)
    # The first one alone: what it writes of wider scopes the others need not.
    results_of = [_Writer(work, site).write() for site in sites[:1]]
    with ThreadPoolExecutor(ENGINES) as pool:
        return [*results_of, *pool.map(lambda site: _Writer(work, site).write(), sites[1:])]


@dataclass(frozen=True)
class _Work:
    """What the writers of all sites have in common."""

    engines: Engines
    rows: AudienceRows
    shared: SharedFiles
    everybody: Marks
    parameters: dict[str, object]
    record_columns: list[Column]
    values: Remembered[WideValues] = field(default_factory=Remembered)
    half_hours: Remembered[HalfHours] = field(default_factory=Remembered)


class _Writer:
    """Writes the site of one audience, on one engine."""

    def __init__(self, work: _Work, site: AudienceSite) -> None:
        self._work = work
        self._site = site

    @property
    def _is_one_person(self) -> bool:
        return self._site.scope == "agent"

    def write(self) -> SiteResult:
        """Write it, unless its rows and all else that it is made of are those of the last time."""
        say(f"writing the pages' data: {self._site.name}")
        self._site.folder.mkdir(parents=True, exist_ok=True)
        store = SiteStore(self._site.folder, self._site.state_file, self._work.shared)
        with self._work.engines.connect() as connection:
            seen = self._work.rows.restrict(connection, self._site)
            connection.execute("set enable_external_access = false")
            results = Results(connection, self._work.parameters)
            wide = self._work.values.get(seen.values, lambda: read_wide_values(results))
            half_hours = self._work.half_hours.get(seen.half_hours, lambda: HalfHours(results))
            # An agent's site has no rankings of which his rows and others' are a part.
            said = Said(wide.said.scopes, {}) if self._is_one_person else wide.said
            marks = read_audience_marks(results, said, self._work.everybody)
            fingerprint = self._fingerprint(results, marks, half_hours.mark)
            generation = store.unchanged(fingerprint)
            if generation is not None:
                return SiteResult(self._site.name, generation, 0, 0)
            written = self._write(results, store, marks, wide, half_hours)
            written.remember["fingerprint"] = {"rows": fingerprint}
            return finish(self._work.engines, results, store, self._site, written)

    def _write(
        self, results: Results, store: SiteStore, marks: Marks, wide: WideValues, half_hours: HalfHours
    ) -> Written:
        known: Future[Marks] = Future()
        known.set_result(marks)
        centre, dates = self._work.engines.centre, self._work.engines.dates
        remember: dict[str, dict[str, Any]] = {}
        rows = scope_rows(results)
        files = write_overviews(results, store, centre, self._site, rows.table)
        files |= write_peers(results, store) | write_audience_tables(results, store, wide)
        files |= write_restatements(results, store, self._site)
        gaps, remember["impact"] = write_impact(results, store)
        files |= write_governance(results, store, centre.thresholds.drill_days)
        of_half_hours, remember["half_hour"] = half_hours.write(results, store)
        remember["scope"] = write_scopes(results, store, ScopeWork(rows.objects, known, store.remembered("scope")))
        if self._is_one_person:
            trends, remember["shelf"] = write_own_kpis(results, store, wide, store.remembered("shelf"))
        else:
            trends, remember["kpi"] = write_kpis(results, store, known, store.remembered("kpi"))
        files |= of_half_hours | trends | gaps
        # A list of one is none.
        files |= {} if self._is_one_person else write_editions(results, store)
        files |= {f"scope/{key}": kept["file"] for key, kept in remember["scope"].items()}
        days = centre.thresholds.drill_days
        kinds = KINDS_OF_AGENT if self._is_one_person else KINDS_OF_TEAM
        drills, remember["drill"] = write_drills(results, store, dates, days, kinds, self._work.record_columns)
        return Written(files, remember, drills)

    def _fingerprint(self, results: Results, marks: Marks, half_hours: str) -> str:
        """Return a fingerprint of every row that the site is made of, and of all that makes it."""
        tables = results.connection.execute(
            "select table_name from duckdb_tables() where database_name = 'memory' and schema_name = 'scorecard' "
            "order by table_name"
        ).fetchall()
        parts = [
            f"select '{table}', count(*), {rows_digest('told')} from scorecard.{table} as told"  # noqa: S608 - own names
            for (table,) in tables
        ]
        said = results.connection.execute(" union all ".join(parts)).fetchall()
        manifest = json.dumps(about(self._work.engines, results, self._site), sort_keys=True)
        values = sorted((scope, mark.closed, mark.open) for scope, mark in marks.scopes.items())
        places = results.connection.execute("from memory.main.place order by all").fetchall()
        centre = self._work.engines.centre
        sources = [(source.name, sorted(map(str, source.recorded_topics()))) for source in centre.sources]
        told = [manifest, site_code(), repr(sorted(said)), repr(values), repr(places), repr(sources), half_hours]
        return hashlib.sha256("\n".join(told).encode("utf-8")).hexdigest()
