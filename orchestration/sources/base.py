"""What a source adapter is: the protocol, the batches it yields and the ways it reports what it can't read.

An adapter is stateless per record: whatever needs two records (a call over several lines or files) is dbt's
work. It never validates values; the landing step does that with the schemas of `schemas/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import polars as pl

if TYPE_CHECKING:
    from orchestration.centre import Centre, Source

# Columns that every frame of a batch carries beside the contract's own columns.
RECORD_COLUMNS: dict[str, type[pl.DataType]] = {
    "record_number": pl.Int64,  # 1-based number of the record in its file (header lines are no records)
    "line_number": pl.Int64,  # 1-based number of the line in the decompressed file on which the record begins
    "row_in_record": pl.Int32,  # 0-based number of the row among the rows that its record gives to this feed
}

REJECT_SCHEMA: dict[str, type[pl.DataType]] = {
    "record_number": pl.Int64,
    "line_number": pl.Int64,
    "feed": pl.String,
    "field": pl.String,
    "check_name": pl.String,
    "value": pl.String,
    "message": pl.String,
    "remedy": pl.String,
}


@dataclass(frozen=True)
class LandingFile:
    """One file in `landing/<source>/<day>/`; `name` is its name there as printable text, see landing/names.py."""

    source: str
    day: date
    name: str
    path: Path


@dataclass(frozen=True)
class Reject:
    """One failed check of one record. A record may have several; it is quarantined once."""

    record_number: int | None
    line_number: int | None
    field: str | None
    check: str
    value: str | None  # never a customer id and never a whole line: both may hold what must not pass the door
    message: str
    remedy: str
    feed: str | None = None


def reject_frame(rejects: Iterable[Reject] = ()) -> pl.DataFrame:
    """Rejects as a frame of REJECT_SCHEMA (also without any)."""
    rows = [(r.record_number, r.line_number, r.feed, r.field, r.check, r.value, r.message, r.remedy) for r in rejects]
    return pl.DataFrame(rows, schema=REJECT_SCHEMA, orient="row")


def reject_columns(values: dict[str, pl.Expr]) -> list[pl.Expr]:
    """Return the columns of REJECT_SCHEMA for a frame of records; those without a value are null.

    Which record it is, and on which line, the frame says by columns of that name.
    """
    values = {name: pl.col(name) for name in ("record_number", "line_number")} | values
    return [values.get(name, pl.lit(None)).cast(dtype).alias(name) for name, dtype in REJECT_SCHEMA.items()]


@dataclass(frozen=True)
class Batch:
    """What an adapter made of some consecutive records of a file, all rows of a record together.

    At most 1-2 million records, so that memory stays flat.
    feeds: feed name -> frame with RECORD_COLUMNS and any of the contract's columns as text (optional ones may be
        left out). A column that already has the feed's value type is taken as it is, without a format check.
    rejects: frame of REJECT_SCHEMA; a record named there is quarantined with all of its rows.
    ignored: kind -> number of records that belong to no feed on purpose.
    records_read: records in this batch, those rejected and ignored among them.
    """

    feeds: dict[str, pl.DataFrame]
    records_read: int
    rejects: pl.DataFrame = field(default_factory=reject_frame)
    ignored: dict[str, int] = field(default_factory=dict)


class FileProblem(Exception):  # noqa: N818 - it is a finding about a file, reported, not a defect of the program
    """The file as a whole (or what is left of it) can't be read; batches yielded before it stand.

    `records_lost` counts the records known to be unreadable because of it (0 where that can't be known).
    """

    def __init__(
        self,
        check: str,
        message: str,
        remedy: str,
        *,
        line_number: int | None = None,
        field: str | None = None,
        value: str | None = None,
        records_lost: int = 0,
    ) -> None:
        super().__init__(f"{message} {remedy}")
        self.check = check
        self.message = message
        self.remedy = remedy
        self.line_number = line_number
        self.field = field
        self.value = value
        self.records_lost = records_lost

    def as_reject(self, record_number: int | None = None) -> Reject:
        """The problem as a quarantine entry."""
        return Reject(record_number, self.line_number, self.field, self.check, self.value, self.message, self.remedy)


class Adapter(Protocol):
    """Reads the files of one kind of source."""

    kind: str

    def fingerprint(self, file: LandingFile, source: Source) -> str:
        """Text that changes whenever the same bytes would give other rows (version, mapping, encoding, zone).

        A file whose ledger record has another fingerprint is taken again. Raises FileProblem if nothing fits.
        """
        ...

    def read(self, file: LandingFile, source: Source, centre: Centre) -> Iterator[Batch]:
        """Yield the file's records in order. Raises FileProblem when it can't go on."""
        ...
