"""How far a table or a list was read, and which records of the overlap lie in landing/ already.

Small files in state/pulled/<source>/: a JSON record, and Parquet with the digests of the records that the next pull
reads once more. Neither holds a record's own words, or where the source is. One that is lost or damaged costs nothing
but time: its records land again, and the keys of the contract see to it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from orchestration.home.durable import put_file, remove
from orchestration.home.kept_json import read_kept, write_kept
from orchestration.home.paths import Home

SEEN_SCHEMA = {"at": pl.Int64, "high": pl.UInt64, "low": pl.UInt64}
"""Position of a record, and the two halves of its digest."""


def no_records() -> pl.DataFrame:
    """Return a frame of SEEN_SCHEMA without rows."""
    return pl.DataFrame(schema=SEEN_SCHEMA)


@dataclass(frozen=True)
class Progress:
    """How far one stream was read.

    watermark: position of the newest record, never later than the clock was. seen: file of the digests.
    waiting: <day>/<name> of the file that lands next; its bytes are on disk, its name may not be. stamp: microseconds
    since 1970 of the last pull, which names of files begin with, so that they follow each other also when a clock was
    set back. completed_at: when a pull last came to its end, as an ISO instant. cursor: what a position is of.
    """

    watermark: int | None = None
    seen: str | None = None
    waiting: str | None = None
    stamp: int = 0
    completed_at: str | None = None
    cursor: str | None = None


@dataclass
class StreamState:
    """The kept progress of one stream of a source."""

    home: Home
    source: str
    stream: str
    progress: Progress = field(init=False)

    def __post_init__(self) -> None:
        self.progress = _read(self._record)

    @property
    def _record(self) -> Path:
        return self.home.pulled / self.source / f"{self.stream}.json"

    def seen(self) -> pl.DataFrame:
        """Return the digests of the records that landed already, of those that the next pull reads once more."""
        if self.progress.seen is None:
            return no_records()
        try:
            found = pl.read_parquet(self._record.parent / self.progress.seen)
        except (OSError, pl.exceptions.PolarsError):
            return no_records()
        return found if dict(found.schema) == SEEN_SCHEMA else no_records()

    def keep(self, seen: pl.DataFrame, **changed: Any) -> None:
        """Put digests and progress in place of those before; what only the former counted goes."""
        before = self.progress.seen
        number = int(before.rsplit(".", 2)[1]) + 1 if before else 1
        name = f"{self.stream}.{number}.parquet"
        put_file(self._record.parent / name, seen.write_parquet, on_disk=True)
        self.note(seen=name, **changed)
        if before is not None:
            remove(self._record.parent / before)

    def note(self, **changed: Any) -> None:
        """Put progress in place of the one before."""
        self.progress = replace(self.progress, **changed)
        write_kept(self._record, asdict(self.progress))


def _read(record: Path) -> Progress:
    content = read_kept(record) or {}
    try:
        progress = Progress(**content)
        is_sound = isinstance(progress.stamp, int) and isinstance(progress.watermark, int | None)
        is_named = all(isinstance(name, str | None) for name in (progress.seen, progress.waiting, progress.cursor))
        if progress.seen is not None:
            int(progress.seen.rsplit(".", 2)[1])
        if progress.completed_at is not None:
            datetime.fromisoformat(progress.completed_at)
    except (TypeError, ValueError, IndexError):
        return Progress()
    return progress if is_sound and is_named else Progress()
