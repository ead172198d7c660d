"""The feed files of one small centre as lists of dicts: nothing but reading and parsing."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

Row = dict[str, str]


@dataclass(frozen=True)
class Source:
    """A source of the centre and the topics that it does not record."""

    name: str
    not_recorded: frozenset[str] = frozenset()

    def records(self, topic: str) -> bool:
        """Tell whether the source records a topic."""
        return topic not in self.not_recorded


@dataclass
class Centre:
    """Feed rows of all sources, each with the `source_id` that wrote it, and the settings that matter."""

    zone: ZoneInfo
    sources: dict[str, Source]
    anonymous: frozenset[str]
    feeds: dict[str, list[Row]] = field(default_factory=dict)
    fcr_window: timedelta = timedelta(days=7)
    short_abandon_seconds: int = 5
    service_level_seconds: int = 20
    placement_seconds: int = 60

    def rows(self, feed: str) -> list[Row]:
        """Return the rows of a feed; none if no file brought it."""
        return self.feeds.get(feed, [])

    def local_date(self, moment: datetime) -> date:
        """Return the local date of an instant."""
        return moment.astimezone(self.zone).date()

    def midnight(self, day: date) -> datetime:
        """Return the instant at which a local date starts."""
        return datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(UTC)

    def days_of(self, start: datetime, end: datetime) -> Iterator[tuple[date, datetime, datetime]]:
        """Cut [start, end) at local midnights; yield each local date with its piece."""
        day = self.local_date(start)
        while start < end:
            stop = min(end, self.midnight(day + timedelta(days=1)))
            yield day, start, stop
            start, day = stop, day + timedelta(days=1)


def instant(text: str) -> datetime:
    """Parse an ISO 8601 instant with offset."""
    return datetime.fromisoformat(text).astimezone(UTC)


def read_landing(landing: Path, centre: Centre) -> Centre:
    """Read `landing/<source>/<day>/<feed>.csv` of every source into the centre."""
    for path in sorted(landing.glob("*/*/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [{**row, "file_source": path.parts[-3]} for row in csv.DictReader(file)]
        centre.feeds.setdefault(path.stem, []).extend(rows)
    return centre
