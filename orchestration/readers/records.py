"""What a reader of records hands over: text columns with the number and line of each record."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Records:
    """Some consecutive records of a file.

    frame: record_number and line_number (Int64), then the columns read, as text; an empty field is null.
    rejects: frame of REJECT_SCHEMA for the records that could not be read.
    records_read: records in this part of the file, those rejected and skipped among them.
    skipped: those that are none by what is said of the file, such as a line of totals, and are in neither frame.
    """

    frame: pl.DataFrame
    rejects: pl.DataFrame
    records_read: int
    skipped: int = 0
