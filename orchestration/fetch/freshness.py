"""How fresh what was pulled of a source is: when it was last pulled whole, how far it was read, and when it is late."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import get_args

from orchestration.fetch.positions import CursorKind, moment_of
from orchestration.fetch.pull import completed_at
from orchestration.fetch.state import Progress, StreamState
from orchestration.home.paths import Home
from orchestration.sources.pulled.settings import PulledSource


@dataclass(frozen=True)
class Freshness:
    """How fresh a pulled source is.

    pulled_at: when all that it has was last pulled. lag: how long ago that may be. reached: table or list -> the newest
    record that was read of it, as an instant or a number, None if none was, or if it has no cursor.
    """

    source: str
    pulled_at: datetime | None
    lag: timedelta
    now: datetime
    reached: dict[str, str | None] = field(default_factory=dict)

    @property
    def age(self) -> timedelta | None:
        """Return how long ago it was pulled whole."""
        return None if self.pulled_at is None else self.now - self.pulled_at

    @property
    def is_late(self) -> bool:
        """Tell whether that is longer ago than the source declares."""
        return self.age is None or self.age > self.lag


def freshness_of(home: Home, source: PulledSource, now: datetime | None = None) -> Freshness:
    """Return how fresh a source is; reads only, also during a pull."""
    reached = {
        stream.called: _reached(StreamState(home, source.name, stream.called).progress) for stream in source.streams
    }
    return Freshness(source.name, completed_at(home, source), source.lag, now or datetime.now(UTC), reached)


def _reached(progress: Progress) -> str | None:
    if progress.watermark is None or progress.cursor not in get_args(CursorKind):
        return None
    if progress.cursor == "number":
        return str(progress.watermark)
    return f"{moment_of(progress.watermark):%Y-%m-%d %H:%M:%S}"
