"""Writes the sites of single audiences: what is theirs alone anew, and by a link what another site holds already."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from orchestration.audience_rows import AudienceRows, record_days
from orchestration.audiences import AudienceSite
from orchestration.progress import say
from orchestration.site.documents import write_documents
from orchestration.site.drill import KINDS_OF_AUDIENCE, write_drills
from orchestration.site.engine import ENGINES, Engines
from orchestration.site.kpis import write_kpis
from orchestration.site.manifest import SiteResult, Written, about, finish
from orchestration.site.marks import Marks, Said, read_audience_marks, read_said
from orchestration.site.results import Results
from orchestration.site.scopes import ScopeWork, scope_rows, write_scopes
from orchestration.site.store import SharedFiles, SiteStore

_CODE = Path(__file__).parents[1]


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
    with engines.connect() as connection:
        shown = record_days(dates.last_day, dates.closed_until, dates.first_drill_day, days)
        rows.prepare(connection, sites, shown)
    wide: dict[str, Said] = {}
    writers = [_Writer(engines, rows, site, shared, everybody, wide) for site in sites]
    # The first one alone: what it writes of wider scopes the others need not.
    results = [writer.write() for writer in writers[:1]]
    with ThreadPoolExecutor(ENGINES) as pool:
        return [*results, *pool.map(_Writer.write, writers[1:])]


class _Writer:
    """Writes the site of one audience, on one engine."""

    def __init__(
        self,
        engines: Engines,
        rows: AudienceRows,
        site: AudienceSite,
        shared: SharedFiles,
        everybody: Marks,
        wide: dict[str, Said],
    ) -> None:
        self._engines = engines
        self._rows = rows
        self._site = site
        self._shared = shared
        self._everybody = everybody
        self._wide = wide
        """Name of what is seen of wider scopes -> what it says; filled by the first audience that sees it."""

    def write(self) -> SiteResult:
        """Write it, unless its rows and all else that it is made of are those of the last time."""
        say(f"writing the pages' data: {self._site.name}")
        self._site.folder.mkdir(parents=True, exist_ok=True)
        store = SiteStore(self._site.folder, self._site.state_file, self._shared)
        seen: list[str] = []
        with self._engines.open(lambda connection: seen.append(self._rows.restrict(connection, self._site))) as results:
            marks = self._marks(results, seen[0])
            fingerprint = self._fingerprint(results, marks)
            generation = store.unchanged(fingerprint)
            if generation is not None:
                return SiteResult(self._site.name, generation, 0, 0)
            written = self._write(results, store, marks)
            written.remember["fingerprint"] = {"rows": fingerprint}
            return finish(self._engines, results, store, self._site, written)

    def _marks(self, results: Results, name: str) -> Marks:
        if name not in self._wide:
            self._wide[name] = read_said(results, "wide.main.wide_value")
        return read_audience_marks(results, self._wide[name], self._everybody)

    def _write(self, results: Results, store: SiteStore, marks: Marks) -> Written:
        known: Future[Marks] = Future()
        known.set_result(marks)
        remember: dict[str, dict[str, Any]] = {}
        rows = scope_rows(results)
        files, remember["half_hour"] = write_documents(results, store, self._engines.centre, self._site, rows.table)
        work = ScopeWork(rows.objects, known, store.remembered("scope"))
        remember["scope"] = write_scopes(results, store, work)
        trends, remember["kpi"] = write_kpis(results, store, known, store.remembered("kpi"))
        files |= trends | {f"scope/{key}": kept["file"] for key, kept in remember["scope"].items()}
        days = self._engines.centre.thresholds.drill_days
        drills, remember["drill"] = write_drills(results, store, self._engines.dates, days, KINDS_OF_AUDIENCE)
        return Written(files, remember, drills)

    def _fingerprint(self, results: Results, marks: Marks) -> str:
        """Return a fingerprint of every row that the site is made of, and of all that makes it."""
        tables = results.connection.execute(
            "select table_name from duckdb_tables() where database_name = 'memory' and schema_name = 'scorecard' "
            "order by table_name"
        ).fetchall()
        parts = [
            f"select '{table}', count(*), sum(hash(told)::hugeint) from scorecard.{table} as told"  # noqa: S608 - own names
            for (table,) in tables
        ]
        said = results.connection.execute(" union all ".join(parts)).fetchall()
        manifest = json.dumps(about(self._engines, results, self._site), sort_keys=True)
        values = sorted((scope, mark.closed, mark.open) for scope, mark in marks.scopes.items())
        places = results.connection.execute("from memory.main.place order by all").fetchall()
        sources = [(source.name, sorted(map(str, source.recorded_topics()))) for source in self._engines.centre.sources]
        told = [manifest, _code(), repr(sorted(said)), repr(values), repr(places), repr(sources)]
        return hashlib.sha256("\n".join(told).encode("utf-8")).hexdigest()


@cache
def _code() -> str:
    """Return a fingerprint of the code that makes a site: another one may write the same rows differently."""
    files = sorted([*_CODE.glob("site/*.py"), *_CODE.glob("audience*.*")])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
