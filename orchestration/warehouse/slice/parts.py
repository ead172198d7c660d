"""The raw parts on which the slice depends: those that are there, and those that the last build read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl

from orchestration.home.durable import put_frame
from orchestration.home.paths import Home
from orchestration.landing.parts import EMPTY_PART
from schemas import FEEDS

DEFINING = ("agent_accounts", "queues")
"""Feeds that are read whole, whose rows say of contacts from a date on whose they are or what their queue is."""

MARKING = "test_calls"
"""The feed that is read whole, whose rows say of a contact that it was a test, and counts nowhere."""

DATING = tuple(feed.name for feed in FEEDS.values() if feed.dates_centre == "always")
"""Feeds whose instants say from when to when the data of a centre reach."""

_FOLDER = "event_date="
_EMPTY = EMPTY_PART.parent.name
_SCHEMA = {"feed": pl.String(), "event_date": pl.Date(), "name": pl.String()}


class Part(NamedTuple):
    """A Parquet file of a feed: its rows lie on one UTC date."""

    feed: str
    event_date: date
    name: str

    def path(self, raw: Path | str) -> str:
        """Return where it lies in the raw zone, as text: a home has tens of thousands, and each run looks at all."""
        return f"{raw}/{self.feed}/{_FOLDER}{self.event_date}/{self.name}"


def parts_of(home: Home) -> set[Part]:
    """Return the parts that are there now."""
    return {part for feed in FEEDS for part in parts_of_feed(home, feed)}


def remember_parts(home: Home, parts: Iterable[Part], *, unfinished: bool = False) -> None:
    """Write down the parts of a build, so that the next one sees what came and went."""
    write_parts(_record(home, unfinished), parts)


def remembered_parts(home: Home, *, unfinished: bool = False) -> set[Part] | None:
    """Return the parts of the last build, or of one that was cut off; None if that is not known."""
    return read_parts(_record(home, unfinished))


def write_parts(file: Path, parts: Iterable[Part]) -> None:
    """Write down parts, whole or not at all."""
    put_frame(file, pl.DataFrame(sorted(parts), schema=_SCHEMA, orient="row"))


def read_parts(file: Path) -> set[Part] | None:
    """Return the parts that a file names; None if there is none that can be read."""
    try:
        return {Part(*row) for row in pl.read_parquet(file).iter_rows()}
    except (OSError, pl.exceptions.PolarsError, TypeError):
        return None


def _record(home: Home, unfinished: bool) -> Path:
    return home.state / "slice" / ("unfinished_parts.parquet" if unfinished else "parts.parquet")


def parts_of_feed(home: Home, feed: str) -> Iterable[Part]:
    """Yield the parts of one feed that are there now."""
    folder = home.raw / feed
    try:
        days = sorted(entry.name for entry in os.scandir(folder))
    except FileNotFoundError:
        return
    for day in days:
        if day == _EMPTY or not day.startswith(_FOLDER):
            continue
        event_date = date.fromisoformat(day.removeprefix(_FOLDER))
        for entry in os.scandir(f"{folder}/{day}"):
            if entry.name.endswith(".parquet"):
                yield Part(feed, event_date, entry.name)
