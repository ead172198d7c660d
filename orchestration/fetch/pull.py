"""Pulling sources: each stream of each after the other, under the lock of the source.

The home is held only while files land, so that a run need not wait for a slow API.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from orchestration.centre import Centre, CentreError
from orchestration.fetch.failures import PullError, PullLaterError, told_without_quoting
from orchestration.fetch.state import StreamState
from orchestration.fetch.stream import Extract, PulledStream, pull_stream
from orchestration.home.lock import PullLockedError, pull_lock
from orchestration.home.paths import Home, SettingsError
from orchestration.sources.pulled.http import HttpSource
from orchestration.sources.pulled.settings import PulledSource
from orchestration.sources.pulled.sql import SqlSource


@dataclass
class PulledRecords:
    """What was pulled of a source; `failed`: what of it could not be, and why; `notes`: what else is to be said."""

    source: str
    streams: list[PulledStream] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    may_pass: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def new(self) -> int:
        """Return how many records had not landed before."""
        return sum(stream.new for stream in self.streams)

    @property
    def files(self) -> int:
        """Return how many files landed."""
        return sum(len(stream.windows) for stream in self.streams)


def pulled_sources(centre: Centre) -> list[PulledSource]:
    """Return the sources of a centre that are pulled, in its order."""
    return [source for source in centre.sources if isinstance(source, PulledSource)]


def chosen_sources(centre: Centre, name: str | None = None) -> list[PulledSource]:
    """Return the source of a name, or all that are pulled. Raises CentreError if it is no such source."""
    there = pulled_sources(centre)
    if name is None:
        return there
    chosen = [source for source in there if source.name == name]
    if not chosen:
        kind = centre.source(name).kind
        raise CentreError(
            f"{name}: is a source of kind {kind}, whose files are dropped. Remedy: name one that is pulled."
        )
    return chosen


def pull_sources(
    home: Home,
    centre: Centre,
    sources: Iterable[PulledSource],
    since: date | None = None,
    *,
    waits: bool = True,
) -> list[PulledRecords]:
    """Pull several sources; what is wrong with one, its settings too, holds up no other.

    Without `waits` one that is being pulled already is left to that pull, and told so.

    Raises HomeLockedError if another pull holds a source, or a run the home, for too long.
    """
    pulled = []
    for source in sources:
        try:
            pulled.append(pull_source(home, centre, source, since, timeout_seconds=None if waits else 0))
        except PullLockedError:
            if waits:
                raise
            told = f"{source.name}: another pull of it is going on. What had landed is taken; the rest by a later run."
            pulled.append(PulledRecords(source.name, notes=[told]))
        except SettingsError as error:
            pulled.append(PulledRecords(source.name, failed=[f"{source.name}: {error}"]))
    return pulled


def completed_at(home: Home, source: PulledSource) -> datetime | None:
    """Return since when all that a source has was pulled; None if that never was so."""
    ends = [StreamState(home, source.name, stream.called).progress.completed_at for stream in source.streams]
    known = [datetime.fromisoformat(end) for end in ends if end is not None]
    return min(known) if len(known) == len(ends) else None


def pull_source(
    home: Home,
    centre: Centre,
    source: PulledSource,
    since: date | None = None,
    timeout_seconds: float | None = None,
) -> PulledRecords:
    """Pull what is new of each stream of a source; one that fails does not hold up the others.

    Raises SettingsError if its secret is not to be had, HomeLockedError if another pull holds it, or a run the home.
    """
    # Neither telemetry nor a look for settings of dlt's own: all that it needs is handed to it.
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    day = datetime.now(ZoneInfo(centre.time_zone)).date()
    pulled, failures = PulledRecords(source.name), []
    with pull_lock(home, source.name, timeout_seconds):
        try:
            with told_without_quoting(source.name), _extracts(source) as extract_of:
                for stream in source.streams:
                    try:
                        pulled.streams.append(pull_stream(home, source.name, stream, extract_of(stream), day, since))
                    except PullError as error:
                        failures.append(error)
        except PullError as error:
            failures.append(error)
    pulled.failed = [str(error) for error in failures]
    pulled.may_pass = bool(failures) and all(isinstance(error, PullLaterError) for error in failures)
    return pulled


ExtractOf = Callable[[Any], Extract]


@contextmanager
def _extracts(source: PulledSource) -> Iterator[ExtractOf]:
    if isinstance(source, SqlSource):
        from orchestration.fetch.sql import TableExtract
        from orchestration.fetch.sql_engine import engine_of

        with engine_of(source) as engine:
            yield lambda stream: TableExtract(source, stream, engine)
    elif isinstance(source, HttpSource):
        from orchestration.fetch.http import ListExtract, client_of

        with client_of(source) as client:
            yield lambda stream: ListExtract(source, stream, client)
