"""Pulling one table or list: what is new of it becomes landing files, in memory for a page and not for all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

import duckdb
import polars as pl

from orchestration.fetch.landing import ENDING, LinesFile, clear_unfinished, give_name
from orchestration.fetch.positions import CursorKind, overlap_of, position_of, shown, start_of
from orchestration.fetch.state import SEEN_SCHEMA, StreamState, no_records
from orchestration.home.lock import home_lock
from orchestration.home.paths import Home
from orchestration.home.progress import say
from orchestration.sources.pulled.settings import Stream

FILE_ROWS = 250_000
FILE_BYTES = 256 << 20
"""With so many rows, or bytes of lines, a file is full: what is cut off later need not be read again."""


class Extract(Protocol):
    """Whatever gives the records of a stream.

    notes: what people should hear of, once all pages were read.
    """

    notes: list[str]

    @property
    def kind(self) -> CursorKind | None:
        """Return what the cursor is."""
        ...

    @property
    def is_ordered(self) -> bool:
        """Tell whether records come by growing cursor."""
        ...

    def now(self) -> int | None:
        """Return the position of this moment by the clock that the cursor goes by, None for numbers."""
        ...

    def pages(self, since: int | None) -> Iterator[pl.DataFrame]:
        """Yield pages of `line`, a record as JSON, and `at`, its position, of the records from a position on."""
        ...


@dataclass(frozen=True)
class Window:
    """One landed file: its rows and, where there is a cursor, the positions of the first and the last of them."""

    file: str
    rows: int
    first: str | None
    last: str | None


@dataclass
class PulledStream:
    """What was pulled of one stream: records read, how many of them had not landed before, and their files."""

    stream: str
    read: int = 0
    new: int = 0
    windows: list[Window] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def pull_stream(
    home: Home, source: str, stream: Stream, extract: Extract, day: date, since: date | None = None
) -> PulledStream:
    """Pull what is new of a stream; the caller holds its source. With `since`, all that is not older than that day."""
    with home_lock(home):
        state = StreamState(home, source, stream.called)
        if state.progress.waiting is not None:
            give_name(home.landing / source / state.progress.waiting)
        clear_unfinished(home, source, stream.called)
        if since is not None:
            state.keep(no_records(), watermark=None)
    return _Pull(home, source, stream, extract, day, state).run(since)


@dataclass
class _Pull:
    home: Home
    source: str
    stream: Stream
    extract: Extract
    day: date
    state: StreamState
    _told: PulledStream = field(init=False)
    _file: LinesFile | None = None
    _observed: list[pl.DataFrame] = field(default_factory=list)
    _newest: int | None = None
    _duckdb: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)

    def run(self, since: date | None) -> PulledStream:
        self._told = PulledStream(self.stream.called)
        stamp = max(position_of(datetime.now(UTC)) // 1_000_000 * 1_000_000, self.state.progress.stamp + 1_000_000)
        with home_lock(self.home):
            self.state.note(stamp=stamp, waiting=None, cursor=self.extract.kind)
        before = self.state.seen().sort("at", nulls_last=True)
        try:
            for page in self.extract.pages(self._begin(since)):
                self._take(page, before)
            self._end(before)
        finally:
            self._duckdb.close()
            if self._file is not None:
                self._file.discard()
        self._told.notes = list(self.extract.notes)
        return self._told

    def _begin(self, since: date | None) -> int | None:
        kind, watermark = self.extract.kind, self.state.progress.watermark
        if kind is None:
            return None
        if watermark is not None:
            return watermark - overlap_of(self.stream, kind)
        return position_of(since) if since is not None and kind == "instant" else start_of(self.stream)

    def _take(self, page: pl.DataFrame, before: pl.DataFrame) -> None:
        digests = digests_of(page, self._duckdb)
        self._told.read += page.height
        say(f"pulling {self.source}/{self.stream.called}: {self._told.read:,} records")
        self._observed.append(digests)
        newest = digests["at"].max()
        if isinstance(newest, int):
            self._newest = newest if self._newest is None else max(self._newest, newest)
        new = page.filter(~is_among(digests, before))
        if new.is_empty():
            return
        self._told.new += new.height
        if self._file is None:
            self._file = LinesFile(self._folder, f"{self.stream.called}.being-written")
        self._file.add(new)
        if self._file.rows >= FILE_ROWS or self._file.byte_count >= FILE_BYTES:
            # What comes later may be older, unless it comes in order: only then is all before this known to be read.
            watermark = self._watermark() if self.extract.is_ordered else self.state.progress.watermark
            seen = pl.concat([before, *self._observed]).unique()
            self._observed = [self._of_next(seen, watermark)]
            self._land(self._observed[0], watermark)

    def _end(self, before: pl.DataFrame) -> None:
        watermark = self._watermark()
        seen = self._of_next(pl.concat([no_records(), *self._observed]).unique(), watermark)
        with home_lock(self.home):
            self._note_end(before, seen, watermark)

    def _note_end(self, before: pl.DataFrame, seen: pl.DataFrame, watermark: int | None) -> None:
        if self._file is not None:
            self._land(seen, watermark)
        elif watermark != self.state.progress.watermark or not seen.equals(before):
            self.state.keep(seen.sort("at", nulls_last=True), watermark=watermark)
        self.state.note(waiting=None, completed_at=datetime.now(UTC).isoformat(timespec="seconds"))

    def _land(self, seen: pl.DataFrame, watermark: int | None) -> None:
        file = self._file
        if file is None:
            return
        window = self._window(file)
        path = file.finish(window.file)
        self._file = None
        with home_lock(self.home):
            waiting = f"{self.day.isoformat()}/{path.name}"
            self.state.keep(seen.sort("at", nulls_last=True), watermark=watermark, waiting=waiting)
            give_name(path)
        self._told.windows.append(window)

    def _window(self, file: LinesFile) -> Window:
        name, kind = f"{self.stream.called}.{shown(self.state.progress.stamp, 'instant')}Z", self.extract.kind
        number = len(self._told.windows) + 1
        while any(self._folder.glob(f"{name}-{number}.*")):
            # Of a pull whose state was lost since: what landed stays.
            number += 1
        if kind is None or file.first is None or file.last is None:
            return Window(f"{name}-{number}{ENDING}", file.rows, None, None)
        first, last = shown(file.first, kind), shown(file.last, kind)
        return Window(f"{name}-{number}.{first}_{last}{ENDING}", file.rows, first, last)

    @property
    def _folder(self) -> Path:
        return self.home.landing / self.source / self.day.isoformat()

    def _watermark(self) -> int | None:
        """Return the newest position, as far as it is not of the future: what is dated there would hide the rest."""
        now, before = self.extract.now(), self.state.progress.watermark
        known = [position for position in (before, self._newest) if position is not None]
        newest = max(known, default=None)
        return newest if newest is None or now is None else min(newest, max(now, before or now))

    def _of_next(self, seen: pl.DataFrame, watermark: int | None) -> pl.DataFrame:
        if self.extract.kind is None or watermark is None:
            return seen
        return seen.filter(
            pl.col("at").is_null() | (pl.col("at") >= watermark - overlap_of(self.stream, self.extract.kind))
        )


def digests_of(page: pl.DataFrame, connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return position and digest of each record of a page, in its order."""
    connection.register("page", page)
    found = connection.execute('select "at", md5_number_upper(line) as high, md5_number_lower(line) as low from page')
    return found.pl().cast(pl.Schema(SEEN_SCHEMA))


def is_among(digests: pl.DataFrame, before: pl.DataFrame) -> pl.Series:
    """Tell of each record of a page whether it landed before; `before` is in order, so that few are looked through."""
    low, high = digests["at"].min(), digests["at"].max()
    if before.is_empty():
        return pl.repeat(value=False, n=digests.height, eager=True)
    near = before
    if isinstance(low, int) and isinstance(high, int):
        near = before.filter(pl.col("at").is_between(low, high) | pl.col("at").is_null())
    landed = near.select("high", "low", landed=True).unique()
    joined = digests.join(landed, on=["high", "low"], how="left", maintain_order="left")
    return joined["landed"].fill_null(value=False)
