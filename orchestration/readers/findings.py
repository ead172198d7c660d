"""What is read, and the ways in which readers and adapters report what they can't read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

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
    """One file in `landing/<source>/<day>/`; `name` is its name there as printable text, see home/names.py."""

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
