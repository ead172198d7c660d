"""Writes the data of a home's site: for everybody, and once more for every audience of its own."""

from __future__ import annotations

import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from orchestration.audiences import AudienceSite, audience_sites, restrict
from orchestration.centre import Centre
from orchestration.progress import say
from orchestration.settings import Home, memory_limit
from orchestration.site.documents import write_documents
from orchestration.site.drill import write_drills
from orchestration.site.results import Results
from orchestration.site.scopes import ScopeTexts, write_scopes
from orchestration.site.store import SiteStore

_LISTED_DRILLS = 2_000
"""More drill files than this are listed in a file of their own: every page reads the manifest."""


@dataclass(frozen=True)
class SiteResult:
    """What one publication of one audience wrote: files and bytes that were new, files in use."""

    audience: str
    generation: str
    files_written: int
    bytes_written: int


def write_site(home: Home, centre: Centre) -> list[SiteResult]:
    """Write the data of the home's site from its published file; of every audience that centre.yaml names.

    site/data holds everything; site/audiences/<name>/<team or agent>/data holds what that reader may see.
    Raises duckdb.Error if the published file lacks a table that reports/sources reads; the manifests that are in
    place stay then.
    """
    results = [_write(home, centre, AudienceSite("all", home.site / "data", home.state / "site" / "all.json"))]
    for site in audience_sites(home, centre):
        results.append(_write(home, centre, site))
    return results


def _write(home: Home, centre: Centre, site: AudienceSite) -> SiteResult:
    say(f"writing the pages' data: {site.name}")
    site.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="scorehouse-site-") as scratch, ExitStack() as stack:

        def reader() -> duckdb.DuckDBPyConnection:
            connection = stack.enter_context(duckdb.connect())
            _prepare(connection, home, Path(scratch))
            restrict(connection, site)
            return connection

        main = reader()
        as_of = _as_of(main)
        first_day = as_of.day - timedelta(days=centre.thresholds.site_day_points - 1)
        first_drill_day = as_of.day - timedelta(days=max(centre.thresholds.drill_days, 1) - 1)
        parameters: dict[str, object] = {"first_day": first_day, "first_drill_day": first_drill_day}
        results = Results(main, parameters)
        store = SiteStore(site.folder, site.state_file)
        # Two engines of one thread each, beside each other: see _prepare for why one thread.
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(_texts, Results(reader(), parameters), ("values",))
            second = pool.submit(_texts, Results(reader(), parameters), ("series", "peers"))
            texts = first.result() | second.result()
        files = write_documents(results, store, centre, site)
        files |= write_scopes(results, store, texts)
        drills, remember = write_drills(results, store, first_drill_day, as_of.day, centre.thresholds.drill_days)
        manifest = _manifest(centre, site, results, as_of)
        manifest |= _listed(store, files, drills)
        generation = store.finish(manifest, {"drill": remember})
    return SiteResult(site.name, generation, store.files_written, store.bytes_written)


def _texts(results: Results, parts: tuple[str, ...]) -> dict[str, ScopeTexts]:
    return {part: ScopeTexts(results, f"scope_{part}") for part in parts}


def _listed(store: SiteStore, files: dict[str, str], drills: dict[str, str]) -> dict[str, object]:
    tables = {key.removeprefix("table/"): name for key, name in files.items() if key.startswith("table/")}
    listed = {key: name for key, name in files.items() if not key.startswith("table/")}
    if len(drills) > _LISTED_DRILLS:
        index = store.put("drill_index", json.dumps(drills, ensure_ascii=False))
        return {"files": listed, "tables": tables, "drill_index": index}
    return {"files": listed | drills, "tables": tables}


def _prepare(connection: duckdb.DuckDBPyConnection, home: Home, scratch: Path) -> None:
    file = str(home.published_file).replace("'", "''")
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set autoinstall_known_extensions = false")
    connection.execute(f"set memory_limit = '{memory_limit()}'")
    connection.execute(f"set temp_directory = '{str(scratch).replace(chr(39), chr(39) * 2)}'")
    # Texts are put together in the order of rows sorted once, which only one thread keeps: so the same rows give the
    # same bytes. Work is shared by engines and connections beside each other instead.
    connection.execute("set threads = 1")
    connection.execute(f"attach '{file}' as published (read_only)")
    connection.execute("set enable_external_access = false")
    connection.execute("use published.scorecard")


@dataclass(frozen=True)
class _AsOf:
    day: date
    """Last local day with data."""
    instant: str
    """Last instant of any record, ISO 8601 in UTC."""


def _as_of(connection: duckdb.DuckDBPyConnection) -> _AsOf:
    # The last day of the centre is the day up to which there is data, whatever the clock says.
    row = connection.execute(
        """
        select
            max(period_start),
            (select strftime(max(last_at), '%Y-%m-%dT%H:%M:%SZ') from published.scorecard.fct_file)
        from published.scorecard.fct_kpi_value
        where scope_kind = 'centre' and period_kind = 'day'
        """
    ).fetchone()
    day = row[0] if row and row[0] is not None else date(1970, 1, 1)
    return _AsOf(day, (row[1] if row else None) or f"{day}T00:00:00Z")


def _manifest(centre: Centre, site: AudienceSite, results: Results, as_of: _AsOf) -> dict[str, object]:
    return {
        "as_of": as_of.instant,
        "as_of_date": as_of.day.isoformat(),
        "centre": {"name": centre.name, "time_zone": centre.time_zone, "language": centre.language},
        "audience": site.name,
        "day_points": centre.thresholds.site_day_points,
        "drill_days": centre.thresholds.drill_days,
        "sql": results.shown_sql(),
    }
