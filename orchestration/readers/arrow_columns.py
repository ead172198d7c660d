"""Columns of a Parquet file as text or instants, and which of their values are neither.

Arrow's own bytes are looked at before Polars sees them: text that is not UTF-8, instants beyond the calendar and types
that Polars does not have would stop the whole process instead of costing a record.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import pyarrow as pa
import pyarrow.types as kinds

from orchestration.readers.findings import REJECT_SCHEMA, reject_columns, told_columns
from schemas.words import PLAIN

Finding = tuple[str, str]
"""Check, and the way in which it is said."""

NOT_TEXT: Finding = ("encoding", "column")
BEYOND_CALENDAR: Finding = ("out_of_range", "calendar")
NESTED: Finding = ("nested_value", "column")
UNREADABLE: Finding = ("unreadable_type", PLAIN)

_MICROS = {"s": 1_000_000, "ms": 1_000, "us": 1}
_FIRST_SECOND, _LAST_SECOND = -62_135_596_800, 253_402_300_799  # years 1 to 9999
_FIRST_DAY, _LAST_DAY = -719_162, 2_932_896
_LOCAL_TEXT = "%Y-%m-%dT%H:%M:%S%.6f"


@dataclass(frozen=True)
class ReadColumn:
    """Values as text or as instants in UTC, null where there is none; `lost` marks those that can't be read, if any."""

    values: pl.Series
    lost: pl.Series | None = None
    finding: Finding | None = None

    def rejects(self, name: str, numbers: pl.Series) -> pl.DataFrame:
        """Return what is wrong with the column, in REJECT_SCHEMA; `numbers` are the record numbers of the batch."""
        if self.lost is None or self.finding is None:
            return pl.DataFrame(schema=REJECT_SCHEMA)
        told: dict[str, pl.Series | str] = {
            "record_number": numbers.filter(self.lost),
            "line_number": numbers.filter(self.lost),
            "field": name,
        }
        values = {column: pl.lit(value) for column, value in told.items()}
        return pl.select(reject_columns(values | told_columns(*self.finding, field=name)))


def read_column(column: pa.Array) -> ReadColumn:
    """Return a column of a batch: instants with a zone as they are, everything else as text."""
    kind = column.type
    if kinds.is_dictionary(kind):
        return read_column(column.dictionary_decode())
    if kinds.is_string(kind) or kinds.is_large_string(kind) or kinds.is_string_view(kind):
        return _text(column)
    if kinds.is_timestamp(kind):
        return _instants(column)
    if kinds.is_date(kind):
        return _dates(column)
    if kinds.is_float16(kind):
        column = column.cast(pa.float32())
    elif _is_nested(kind):
        return _lost(column, NESTED)
    elif not (_is_number(kind) or kinds.is_boolean(kind) or kinds.is_null(kind)):
        return _lost(column, UNREADABLE)
    return ReadColumn(_series(column).cast(pl.String))


def _is_nested(kind: pa.DataType) -> bool:
    is_bytes = kinds.is_binary(kind) or kinds.is_large_binary(kind) or kinds.is_fixed_size_binary(kind)
    return bool(is_bytes or kinds.is_binary_view(kind) or kinds.is_nested(kind))


def _is_number(kind: pa.DataType) -> bool:
    return bool(kinds.is_integer(kind) or kinds.is_floating(kind) or kinds.is_decimal128(kind))


def _series(column: pa.Array) -> pl.Series:
    return pl.Series(column)


def _lost(column: pa.Array, finding: Finding) -> ReadColumn:
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(column))
    lost = _series(column.is_valid())
    return ReadColumn(nothing, lost, finding) if lost.any() else ReadColumn(nothing)


def _text(column: pa.Array) -> ReadColumn:
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        # Only a batch with such text is walked value by value.
        values = [_decoded(value) for value in column.cast(pa.large_binary()).to_pylist()]
        text = pl.Series([value or None for value in values], dtype=pl.String)
        return ReadColumn(text, pl.Series([value == "" for value in values]) & _series(column.is_valid()), NOT_TEXT)
    return ReadColumn(_series(column).cast(pl.String))


def _decoded(value: bytes | None) -> str | None:
    """Return the text of a value, None if it is empty or there is none, '' if it is no text."""
    try:
        return value.decode() or None if value is not None else None
    except UnicodeDecodeError:
        return ""


def _within(numbers: pl.Series, first: int, last: int) -> tuple[pl.Series, pl.Series | None]:
    """Return the numbers that lie between two bounds, and marks of the others if there are any."""
    lost = ~numbers.is_between(first, last).fill_null(value=True)
    return (numbers.set(lost, None), lost) if lost.any() else (numbers, None)


def _instants(column: pa.Array) -> ReadColumn:
    unit = column.type.unit
    numbers = _series(column.cast(pa.int64()))
    if unit == "ns":
        micros, lost = numbers // 1_000, None
    else:
        per_second = 1_000_000 // _MICROS[unit]
        last = _LAST_SECOND * per_second + per_second - 1
        numbers, lost = _within(numbers, _FIRST_SECOND * per_second, last)
        micros = numbers * _MICROS[unit]
    times = micros.cast(pl.Datetime("us"))
    values = times.dt.replace_time_zone("UTC") if column.type.tz is not None else times.dt.strftime(_LOCAL_TEXT)
    return ReadColumn(values, lost, BEYOND_CALENDAR)


def _dates(column: pa.Array) -> ReadColumn:
    if kinds.is_date64(column.type):
        days = _series(column.cast(pa.int64())) // 86_400_000
    else:
        days = _series(column.cast(pa.int32())).cast(pl.Int64)
    days, lost = _within(days, _FIRST_DAY, _LAST_DAY)
    return ReadColumn(days.cast(pl.Int32).cast(pl.Date).cast(pl.String), lost, BEYOND_CALENDAR)
