"""What is read, and the ways in which readers and adapters report what they can't read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

import polars as pl

from schemas.words import PLAIN, Words, filled, parameters, texts_of, words_of

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
    "details": pl.String,
}

Details = Mapping[str, object]
"""What a check's words are filled with, beside field and value of the finding: name -> value, which may be a list."""


@dataclass(frozen=True)
class LandingFile:
    """One file in `landing/<source>/<day>/`; `name` is its name there as printable text, see home/names.py."""

    source: str
    day: date
    name: str
    path: Path


@dataclass(frozen=True)
class Reject:
    """One failed check of one record. A record may have several; it is quarantined once.

    way: in which of the ways of words.json the check is said. details: what fills its words, and goes on to the pages.
    known: what fills its words in English only.
    """

    record_number: int | None
    line_number: int | None
    field: str | None
    check: str
    value: str | None  # never a customer id and never a whole line: both may hold what must not pass the door
    way: str = PLAIN
    details: Details | None = None
    known: Details | None = None

    @property
    def words(self) -> Words:
        """Return what is wrong, and what to do about it."""
        return words_of(self.check, self.way, {"field": self.field, **(self.details or {}), **(self.known or {})})


def details_text(details: Details | None) -> str | None:
    """Return details as `details` of REJECT_SCHEMA holds them, a JSON object; None if there are none."""
    return json.dumps(dict(details), ensure_ascii=False) if details else None


def reject_frame(rejects: Iterable[Reject] = ()) -> pl.DataFrame:
    """Rejects as a frame of REJECT_SCHEMA (also without any)."""
    rows = [
        (r.record_number, r.line_number, None, r.field, r.check, r.value, *r.words, details_text(r.details))
        for r in rejects
    ]
    return pl.DataFrame(rows, schema=REJECT_SCHEMA, orient="row")


def told_columns(check: str, way: str = PLAIN, /, **values: object) -> dict[str, pl.Expr]:
    """Return what reject_columns takes of one check: its name and its words; a value may be an expression of text."""
    message, remedy = texts_of(check, way)
    return {"check_name": pl.lit(check), "message": _filled(message, values), "remedy": _filled(remedy, values)}


def _filled(text: str, values: Details) -> pl.Expr:
    by_row = [name for name in parameters([text]) if isinstance(values[name], pl.Expr)]
    if not by_row:
        return pl.lit(filled(text, values))
    before, after = text.split(f"{{{by_row[0]}}}")
    # Without pl.format, which panics on a column in several chunks (Polars 2.1).
    return _filled(before, values) + cast(pl.Expr, values[by_row[0]]) + _filled(after, values)


def reject_columns(values: dict[str, pl.Expr]) -> list[pl.Expr]:
    """Return the columns of REJECT_SCHEMA for a frame of records; those without a value are null.

    Which record it is, and on which line, the frame says by columns of that name.
    """
    values = {name: pl.col(name) for name in ("record_number", "line_number")} | values
    return [values.get(name, pl.lit(None)).cast(dtype).alias(name) for name, dtype in REJECT_SCHEMA.items()]


class FileProblem(Exception):  # noqa: N818 - it is a finding about a file, reported, not a defect of the program
    """The file as a whole (or what is left of it) can't be read; batches yielded before it stand.

    `way`, `details` and `known` are those of Reject.
    """

    def __init__(
        self,
        check: str,
        way: str = PLAIN,
        *,
        line_number: int | None = None,
        field: str | None = None,
        value: str | None = None,
        details: Details | None = None,
        known: Details | None = None,
    ) -> None:
        self.check = check
        self.way = way
        self.line_number = line_number
        self.field = field
        self.value = value
        self.details = details
        self.known = known
        super().__init__(" ".join(self.as_reject().words))

    def as_reject(self, record_number: int | None = None) -> Reject:
        """The problem as a quarantine entry."""
        told = (self.field, self.check, self.value, self.way, self.details, self.known)
        return Reject(record_number, self.line_number, *told)
