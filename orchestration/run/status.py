"""What a home holds: files, rows, quarantine, dates covered, last publication. Reads only, also during a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from orchestration.centre import load_centre
from orchestration.fetch.freshness import Freshness, freshness_of
from orchestration.fetch.pull import pulled_sources
from orchestration.home.ledger_index import ledger
from orchestration.home.paths import Home
from orchestration.landing.taking import find_untaken
from orchestration.site.intake import Finding, intake_findings
from orchestration.site.rhythm import Rhythm, rhythms
from orchestration.site.site_state import SiteState
from orchestration.warehouse.file_state import FileState


@dataclass(frozen=True)
class SourceStatus:
    """What was taken of one source, in source records; instants are UTC."""

    source: str
    files: int
    failed_files: int
    records_read: int
    records_accepted: int
    records_quarantined: int
    records_duplicate: int
    records_ignored: int
    first_at: datetime | None
    last_at: datetime | None
    last_landing_day: str | None
    waiting_files: int


@dataclass(frozen=True)
class HomeStatus:
    """What a home holds; the instants of publication are ISO text, None if never published.

    `findings` are what came in wrong over the last 28 landing days of each source; `waiting` says of files that
    the next run would leave where they are, place -> why; `late`: sources that are silent for longer than usual;
    `pulled`: of each source that is pulled how fresh it is.
    """

    sources: list[SourceStatus]
    published_at: str | None
    pages_at: str | None
    findings: list[Finding]
    waiting: dict[str, str] = field(default_factory=dict)
    late: list[Rhythm] = field(default_factory=list)
    pulled: list[Freshness] = field(default_factory=list)


def read_status(home: Home) -> HomeStatus:
    """Read the state of a home out of its ledger and landing folder."""
    centre = load_centre(home)
    untaken = find_untaken(home, centre)
    waiting = Counter(file.source for file in untaken.new)
    waiting.update(place.split("/")[0] for place in untaken.waiting)
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        taken = {row[0]: row for row in _source_rows(connection, home)}
    names = [*[source.name for source in centre.sources], *sorted(set(taken) - {s.name for s in centre.sources})]
    today = datetime.now(ZoneInfo(centre.time_zone)).date()
    nothing: tuple[Any, ...] = ("", 0, 0, 0, 0, 0, 0, 0, None, None, None)
    return HomeStatus(
        sources=[SourceStatus(*(name, *taken.get(name, nothing)[1:], waiting.get(name, 0))) for name in names],
        published_at=FileState(home).at or _written_at(home.published_file),
        pages_at=SiteState(home).at,
        findings=intake_findings(home),
        waiting=untaken.waiting,
        late=[one for one in rhythms(home, names, today) if one.is_late],
        pulled=[freshness_of(home, source) for source in pulled_sources(centre)],
    )


def _written_at(file: Path) -> str | None:
    """Return when a file was written; a published one out of a backup has its time, and no record beside it yet."""
    if not file.is_file():
        return None
    return datetime.fromtimestamp(file.stat().st_mtime, UTC).isoformat(timespec="seconds")


def _source_rows(connection: duckdb.DuckDBPyConnection, home: Home) -> list[tuple[Any, ...]]:
    return (
        ledger(connection, home)
        .aggregate(
            """
            source_id,
            count(*)::bigint,
            count(*) filter (state = 'failed')::bigint,
            coalesce(sum(records_read), 0)::bigint,
            coalesce(sum(records_accepted), 0)::bigint,
            coalesce(sum(records_quarantined), 0)::bigint,
            coalesce(sum(records_duplicate), 0)::bigint,
            coalesce(sum(records_ignored), 0)::bigint,
            min(first_at) as first_at,
            max(last_at) as last_at,
            max(landing_day)::varchar as last_landing_day
            """,
            "source_id",
        )
        .fetchall()
    )
