"""One small centre: the rows of its feeds as dicts of text, and its settings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from tests.oracle.catalogue import Target

Row = dict[str, str]
COVERING = {
    "contacts": ("started_at", "ended_at"),
    "contact_events": ("occurred_at",),
    "messages": ("sent_at",),
    "agent_states": ("started_at", "ended_at"),
    "ratings": ("invited_at", "delivered_at", "rated_at"),
}
"""Columns that say how far the records reach, by feed."""


@dataclass(frozen=True)
class Source:
    """A source of the centre and the topics that it does not record."""

    name: str
    not_recorded: frozenset[str] = frozenset()
    receives_without_routing: bool = False
    """Whether an inbound contact without any routing event was received all the same."""
    recorded_from: Mapping[str, date] = field(default_factory=dict)
    """Topics that begin one day, and the date that the source states."""

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
    open_for: timedelta = timedelta(hours=16)
    rated_channels: frozenset[str] = frozenset({"web", "wechat", "app", "voice", "email"})
    targets: tuple[Target, ...] = ()
    settings: frozenset[str] = frozenset()
    """Those of the settings that may be left out that the centre has."""

    def rows(self, feed: str) -> list[Row]:
        """Return the rows of a feed; none if no file brought it."""
        return self.feeds.get(feed, [])

    @cached_property
    def now(self) -> datetime:
        """The latest instant that the records cover."""
        return max(self.moments())

    def moments(self) -> Iterator[datetime]:
        """Yield every instant of contacts, their events and messages, of states and of ratings."""
        for feed, columns in COVERING.items():
            for row in self.rows(feed):
                yield from (instant(row[column]) for column in columns if row.get(column))

    def queue(self, queue_id: str) -> Row:
        """Return what is known of a queue."""
        return next((row for row in self.rows("queues") if row["queue_id"] == queue_id), {})

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
