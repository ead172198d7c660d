"""Accepted rows as Parquet parts: raw/<feed>/event_date=<date>/<source>--<content hash>-<taking>.parquet.

The columns of origin come first, then the feed's own. A part's name says which content it came from and at which
taking, so that a part that counts is never written over.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import polars as pl

from orchestration.home.durable import ensure_frame, put_frame, remove
from orchestration.home.ledger import Stored
from orchestration.landing.told_twice import Names, ToldTwice, name_of, told_twice
from schemas import FEEDS
from schemas.contract import Feed

ORIGIN_SCHEMA: dict[str, pl.DataType] = {
    "source_id": pl.String(),
    "landing_day": pl.Date(),
    "file_name": pl.String(),
    "file_hash": pl.String(),
    "record_number": pl.Int64(),
    "line_number": pl.Int64(),
    "row_in_record": pl.Int32(),
    "record_version": pl.Int64(),
    "is_time_ambiguous": pl.Boolean(),
}
# Settings decide these, so they are no part of what a record says.
NOT_CONTENT = {"is_identified", "is_test_caller"}
EMPTY_PART = Path("event_date=1900-01-01") / "_empty.parquet"


def part_schema(feed: Feed) -> dict[str, pl.DataType]:
    """Return the columns of a feed's parts in order."""
    columns = feed.model.to_schema().columns
    return ORIGIN_SCHEMA | {name: described.dtype.type for name, described in columns.items()}


def ensure_empty_parts(raw: Path) -> None:
    """Give every feed a part without rows, so that dbt finds its columns before any file came."""
    for feed in FEEDS.values():
        ensure_frame(raw / feed.name / EMPTY_PART, pl.DataFrame(schema=part_schema(feed)))


def content_columns(feed: Feed) -> list[str]:
    """Return the columns that make up what a record says: equal rows of a file are one record told twice."""
    return [name for name in feed.model.to_schema().columns if name not in NOT_CONTENT]


@dataclass(frozen=True)
class Origin:
    """Where the rows of a file come from."""

    source: str
    day: date
    file_name: str
    file_hash: str
    taking: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def part_stem(self) -> str:
        """Return the name of the parts of this taking, without number and ending."""
        return f"{self.source}--{self.file_hash[:16]}-{self.taking}"


def stored(folder: Path, name: str) -> Stored:
    """Return what a record says of a file below raw/ or quarantine/."""
    with (folder / name).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Stored(name, file.tell(), digest)


@dataclass
class PartWriter:
    """Writes the parts of one file and keeps count."""

    raw: Path
    origin: Origin
    parts: list[Path] = field(default_factory=list)
    rows_by_feed: dict[str, int] = field(default_factory=dict)
    first_at: datetime | None = None
    last_at: datetime | None = None
    _batches: int = 0
    _hashes: dict[str, list[pl.Series]] = field(default_factory=dict)
    _names: Names = field(default_factory=Names)

    def write(self, feed: Feed, rows: pl.DataFrame) -> pl.DataFrame:
        """Write typed rows without those that the same batch tells twice; returns the rows written."""
        origin = self.origin
        rows = rows.with_columns(
            pl.lit(origin.source).alias("source_id"),
            pl.lit(origin.day).alias("landing_day"),
            pl.lit(origin.file_name).alias("file_name"),
            pl.lit(origin.file_hash).alias("file_hash"),
        ).select(list(part_schema(feed)))
        rows = _first_told(feed, rows)
        self._remember(feed, rows)
        dates = self._dates(feed, rows)
        for (day,), part in rows.group_by(dates, maintain_order=True):
            self._write_part(feed, str(day), part)
        return rows

    def drop_late_repeats(self) -> bool:
        """Take out rows that an earlier batch of the same file told already; tells whether there were any.

        Batches are compared by 64-bit hashes first, since the rows themselves would outgrow memory on large files.
        (These hashes change with the version of Polars and are never kept.)
        """
        found = False
        for name, hashes in self._hashes.items():
            seen = pl.concat(hashes)
            if len(hashes) == 1 or seen.n_unique() == len(seen):
                continue
            repeated = seen.filter(seen.is_duplicated()).unique()
            late = self._late_rows(FEEDS[name], repeated)
            if late.height:
                self._rewrite_without(name, late)
                found = True
        return found

    def told_twice(self) -> ToldTwice | None:
        """Return what the file tells twice of one id and not the same; None if it does not."""
        names = [name for name in self.rows_by_feed if self._names.are_shared(name)]
        return told_twice(
            (FEEDS[name], pl.concat([pl.scan_parquet(self.raw / part) for part in self._parts_of(name)]))
            for name in names
        )

    def record_numbers(self) -> int:
        """Return the number of records that have a row in some part."""
        if not self.parts:
            return 0
        numbers = [pl.scan_parquet(self.raw / part).select("record_number") for part in self.parts]
        return int(pl.concat(numbers).select(pl.col("record_number").n_unique()).collect().item())

    def stored(self) -> tuple[Stored, ...]:
        """Return what the record is to say of the parts; nothing may be written after that."""
        return tuple(stored(self.raw, name) for name in sorted(part.as_posix() for part in self.parts))

    def discard(self) -> None:
        """Remove the parts: the taking comes to nothing."""
        for part in self.parts:
            remove(self.raw / part)

    def _remember(self, feed: Feed, rows: pl.DataFrame) -> None:
        self._batches += 1
        self.rows_by_feed[feed.name] = self.rows_by_feed.get(feed.name, 0) + rows.height
        needed = feed.repeats_need
        comparable = rows if needed is None else rows.filter(pl.col(needed).is_not_null())
        self._hashes.setdefault(feed.name, []).append(_content_hashes(feed, comparable))
        self._names.add(feed, comparable)
        if rows.height and feed.time_column is not None and rows.schema[feed.time_column] == pl.Datetime:
            times = rows[feed.time_column]
            first, last = times.min(), times.max()
            self.first_at = min(filter(None, (self.first_at, first)))
            self.last_at = max(filter(None, (self.last_at, last)))

    def _dates(self, feed: Feed, rows: pl.DataFrame) -> pl.Expr:
        if feed.time_column is None:
            return pl.lit(self.origin.day).alias("event_date")
        time = pl.col(feed.time_column)
        return (time.dt.date() if rows.schema[feed.time_column] == pl.Datetime else time).alias("event_date")

    def _write_part(self, feed: Feed, day: str, rows: pl.DataFrame) -> None:
        number = f"-{self._batches:04d}" if self._batches > 1 else ""
        part = Path(feed.name) / f"event_date={day}" / f"{self.origin.part_stem}{number}.parquet"
        put_frame(self.raw / part, rows)
        self.parts.append(part)

    def _parts_of(self, feed_name: str) -> list[Path]:
        return [part for part in self.parts if part.parts[0] == feed_name]

    def _late_rows(self, feed: Feed, repeated: pl.Series) -> pl.DataFrame:
        candidates = []
        for part in self._parts_of(feed.name):
            rows = pl.read_parquet(self.raw / part)
            rows = rows.filter(_content_hashes(feed, rows).is_in(repeated.implode()))
            candidates.append(rows if feed.repeats_need is None else rows.drop_nulls(feed.repeats_need))
        ordered = pl.concat(candidates).sort("record_number", "row_in_record")
        late = ordered.filter(~pl.struct(_told_columns(feed)).is_first_distinct())
        if late.is_empty():
            return late.select("record_number", "row_in_record")
        rows = pl.concat([pl.read_parquet(self.raw / part) for part in self._parts_of(feed.name)])
        disputed = rows.filter(_is_disputed(feed)).select("record_number", "row_in_record")
        late = late.join(disputed, on=["record_number", "row_in_record"], how="anti")
        return late.select("record_number", "row_in_record")

    def _rewrite_without(self, feed_name: str, late: pl.DataFrame) -> None:
        self.rows_by_feed[feed_name] -= late.height
        for part in self._parts_of(feed_name):
            rows = pl.read_parquet(self.raw / part)
            kept = rows.join(late, on=["record_number", "row_in_record"], how="anti", maintain_order="left")
            if kept.is_empty():
                remove(self.raw / part)
                self.parts.remove(part)
            elif kept.height < rows.height:
                put_frame(self.raw / part, kept)


def _content_hashes(feed: Feed, rows: pl.DataFrame) -> pl.Series:
    return rows.select(_told_columns(feed)).hash_rows()


def _told_columns(feed: Feed) -> list[str]:
    # The same content of a newer version may put back what a version between them had changed.
    return [*content_columns(feed), "record_version"]


def _first_told(feed: Feed, rows: pl.DataFrame) -> pl.DataFrame:
    """Leave out rows equal to an earlier one.

    Events without an id may be genuine repeats and stay; so does what is told again after its id told something else.
    """
    # Hashes are ten times as quick to count as rows, and none is equal by chance unless one more look is needed.
    if _content_hashes(feed, rows).n_unique() == rows.height:
        return rows
    is_first = pl.struct(_told_columns(feed)).is_first_distinct()
    if feed.repeats_need is not None:
        is_first |= pl.col(feed.repeats_need).is_null()
    return rows.filter(is_first | _is_disputed(feed))


def _is_disputed(feed: Feed) -> pl.Expr:
    """Tell of each row whether another one of its name says something else."""
    return pl.struct(content_columns(feed)).n_unique().over(name_of(feed)) > 1
