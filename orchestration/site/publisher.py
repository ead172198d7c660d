"""Writes the data of a home's site: for everybody, and once more for every audience of its own."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.audiences import AudienceSite, audience_sites, restrict
from orchestration.centre import Centre
from orchestration.progress import say
from orchestration.settings import Home, memory_limit
from orchestration.site.dates import SiteDates, read_dates
from orchestration.site.documents import write_documents
from orchestration.site.drill import KINDS, KINDS_OF_AUDIENCE, write_drills
from orchestration.site.kpis import write_kpis
from orchestration.site.marks import read_marks
from orchestration.site.results import Results
from orchestration.site.scopes import ScopeWork, scope_rows, write_scopes
from orchestration.site.store import SiteStore

_ENGINES = 2
"""As many as the cores that a small machine has."""

_MOST_MEGABYTES = 800
"""Of memory for one engine: enough for its sums; what does not fit goes to the disk."""

_MEGABYTES = {"K": 0.001, "M": 1.0, "G": 1_000.0, "T": 1_000_000.0}

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
    store = SiteStore(site.folder, site.state_file)
    with tempfile.TemporaryDirectory(prefix="scorehouse-site-") as scratch, ExitStack() as stack:

        def engine() -> Results:
            connection = stack.enter_context(duckdb.connect())
            _prepare(connection, home, Path(scratch))
            _tell_places(Results(connection, parameters))
            restrict(connection, site)
            return Results(connection, parameters)

        dates = read_dates(home.published_file, centre.thresholds)
        parameters = dates.parameters() | _rated(centre)
        main = engine()
        files, remember = _write_values(engine, store, centre, site)
        kinds = KINDS if site.is_all else KINDS_OF_AUDIENCE
        drills, remember["drill"] = write_drills(main, store, dates, centre.thresholds.drill_days, kinds)
        manifest = _manifest(centre, site, main, dates) | _listed(store, files, drills)
        generation = store.finish(manifest, remember)
    return SiteResult(site.name, generation, store.files_written, store.bytes_written)


def _write_values(
    engine: Callable[[], Results], store: SiteStore, centre: Centre, site: AudienceSite
) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
    """Write everything but the records; return key -> file name, and what to remember."""
    rows, known = scope_rows(engine()), store.remembered("scope")
    # Engines of one thread each, beside each other: see _prepare for why one thread.
    with ThreadPoolExecutor(_ENGINES) as pool:
        marks = pool.submit(read_marks, engine())
        # Without a memory scopes wait for no mark, and take as long as all the others together.
        first = [] if known else [pool.submit(write_scopes, engine(), store, ScopeWork(rows, marks, known))]
        documents = pool.submit(write_documents, engine(), store, centre, site)
        (scopes,) = first or [pool.submit(write_scopes, engine(), store, ScopeWork(rows, marks, known))]
        kpis = pool.submit(write_kpis, engine(), store, marks, store.remembered("kpi"))
        remember = {"scope": scopes.result()}
        trends, remember["kpi"] = kpis.result()
        files = documents.result() | trends
    files |= {f"scope/{key}": kept["file"] for key, kept in remember["scope"].items()}
    return files, remember


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
    connection.execute(f"set memory_limit = '{_share_of_memory()}'")
    connection.execute(f"set temp_directory = '{str(scratch).replace(chr(39), chr(39) * 2)}'")
    # Texts are put together in the order of rows sorted once, which only one thread keeps: so the same rows give the
    # same bytes. Work is shared by engines and connections beside each other instead.
    connection.execute("set threads = 1")
    connection.execute(f"attach '{file}' as published (read_only)")
    connection.execute("set enable_external_access = false")
    connection.execute("use published.scorecard")


def _share_of_memory() -> str:
    """Return what each of the engines may use: a part of the limit, and no more than helps.

    Every engine keeps what it read of the published file as long as it may, though most of it is read once.
    """
    limit = re.fullmatch(r"([0-9.]+)\s*([A-Za-z]*)", memory_limit())
    if limit is None:
        return memory_limit()
    share, unit = float(limit[1]) / (_ENGINES + 2), limit[2]
    megabytes = share * _MEGABYTES.get(unit[:1].upper(), 1.0)
    return f"{_MOST_MEGABYTES}MB" if megabytes > _MOST_MEGABYTES else f"{share:.3f}{unit}"


def _rated(centre: Centre) -> dict[str, object]:
    """Return where ratings can come from: channels and sources, as the parameters of the records' SQL."""
    sources = [source.name for source in centre.sources if "ratings" in source.recorded_topics()]
    return {"rated_channels": [str(channel) for channel in centre.rated_channels], "rating_sources": sources}


def _tell_places(results: Results) -> None:
    """Keep the places of all periods, before anything is hidden from an audience: dates are nobody's."""
    results.run(
        "scope_periods",
        f"""
        create table memory.main.place as
        select *, row_number() over (partition by is_closed, period_kind order by period_start) - 1 as place
        from ({results.sql("scope_periods")}) as result
        """,  # noqa: S608 - own text
    )


def _manifest(centre: Centre, site: AudienceSite, results: Results, dates: SiteDates) -> dict[str, object]:
    return {
        "as_of": dates.instant,
        "as_of_date": dates.last_day.isoformat(),
        "centre": {"name": centre.name, "time_zone": centre.time_zone, "language": centre.language},
        "audience": site.name,
        "day_points": centre.thresholds.site_day_points,
        "drill_days": centre.thresholds.drill_days,
        "sql": results.shown_sql(),
    }
