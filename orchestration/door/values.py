"""From text to values: format check on the text, cast, value check on the values; every failure with its reason.

Both checks are Pandera's, run lazily, so that one pass tells all that is wrong with a row.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import pandera.polars as pa
import polars as pl
from pandera.config import ValidationDepth, config_context

from orchestration.door.reasons import failures_frame
from orchestration.door.times import DAY_PATTERN, INSTANT_PATTERN, to_instants
from orchestration.door.versions import VERSION_COLUMN, version_numbers
from orchestration.home.errors import ScorehouseError
from orchestration.readers.findings import RECORD_COLUMNS, reject_frame
from schemas.contract import DOOR_COLUMNS, Feed

# Without this Pandera checks a LazyFrame's columns only, and reports nothing about its data.
VALIDATION_DEPTH = "SCHEMA_AND_DATA"
DEPTH_VARIABLE = "PANDERA_VALIDATION_DEPTH"
ENABLED_VARIABLE = "PANDERA_VALIDATION_ENABLED"

TRUE_WORDS, FALSE_WORDS = ["true", "1", "yes"], ["false", "0", "no"]
# Patterns use [0-9]: `\d` would match the digits of other scripts, which no cast understands.
COUNT_PATTERN = r"^[+-]?[0-9]{1,18}$"
DECIMAL_PATTERN = r"^[+-]?[0-9]{1,5}(?:\.[0-9]{1,12})?$"
LARGE_DECIMAL_PATTERN = r"^[+-]?[0-9]{1,12}(?:\.[0-9]{1,12})?$"
FLAG_PATTERN = "^(?i:" + "|".join(TRUE_WORDS + FALSE_WORDS) + ")$"
MAX_CUSTOMER_ID_CHARACTERS = 256


class ValidationDepthError(ScorehouseError, RuntimeError):
    """Pandera would check less than it should."""


def assert_validation_depth(environment: Mapping[str, str] | None = None) -> None:
    """Refuse to go on if the environment asks Pandera for less than a check of schema and data."""
    variables = os.environ if environment is None else environment
    for name, wanted in ((DEPTH_VARIABLE, VALIDATION_DEPTH), (ENABLED_VARIABLE, "True")):
        value = variables.get(name, wanted)
        if value != wanted:
            raise ValidationDepthError(
                f"{name}={value}: files would pass unchecked. Remedy: unset it or set it to {wanted}."
            )


@contextmanager
def full_validation() -> Iterator[None]:
    """Make Pandera check schema and data whatever its defaults; it reads the environment only when imported."""
    with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
        yield


@dataclass(frozen=True)
class TypedRows:
    """Rows of one feed after the cast, all of them, and what is wrong with some (frame of REJECT_SCHEMA)."""

    frame: pl.DataFrame
    failures: pl.DataFrame


def prepared_text(feed: Feed, frame: pl.DataFrame, defaults: dict[str, str | None]) -> pl.DataFrame:
    """Return the record columns and every column of the feed that a file may bring: stripped, empty = null."""
    columns = []
    for name, described in feed.model.to_schema().columns.items():
        if name in DOOR_COLUMNS:
            continue
        if name not in frame.columns:
            columns.append(pl.lit(defaults.get(name), dtype=pl.String).alias(name))
        elif frame.schema[name] == pl.String:
            columns.append(pl.col(name).str.strip_chars())
        else:
            # An instant where a number belongs is text that fails its check, as it would be in a CSV file.
            is_of_kind = frame.schema[name].base_type() == described.dtype.type.base_type()
            columns.append(pl.col(name).cast(described.dtype.type if is_of_kind else pl.String))
    records = [pl.col(name).cast(dtype) for name, dtype in RECORD_COLUMNS.items()]
    is_versioned = VERSION_COLUMN in frame.columns
    records.append(pl.col(VERSION_COLUMN) if is_versioned else pl.lit(None, dtype=pl.String).alias(VERSION_COLUMN))
    stripped = frame.select(*records, *columns)
    # A pass over all texts only where some are empty; most readers have made these null already.
    texts = stripped.select(pl.col(pl.String))
    is_partly_empty = texts.select((pl.all() == "").any()).row(0) if texts.height and texts.width else ()
    emptied = [
        pl.when(pl.col(name) != "").then(pl.col(name)).alias(name)
        for name, is_partly in zip(texts.columns, is_partly_empty, strict=False)
        if is_partly
    ]
    filled = [pl.col(name).fill_null(text) for name, text in defaults.items() if text is not None]
    return stripped.with_columns(emptied).with_columns(filled)


def format_failures(feed: Feed, text: pl.DataFrame) -> pl.DataFrame:
    """Check the form of every text column, before any cast could change a value in silence."""
    schema = _text_schema(feed)
    checked = [name for name in schema.columns if text.schema[name] == pl.String]
    return _failures(schema.select_columns(checked), text.select(checked), feed, text)


def cast_rows(feed: Feed, text: pl.DataFrame, zone: str) -> TypedRows:
    """Cast text columns to the types of the feed; what is in form but no value (30 February) is a failure.

    Adds is_time_ambiguous: some local time of the row happened twice; record_version becomes a number.
    """
    frame, failures = text, [reject_frame()]
    is_ambiguous = pl.Series("is_time_ambiguous", [False], dtype=pl.Boolean).new_from_index(0, text.height)
    for name, described in feed.model.to_schema().columns.items():
        if name not in text.columns or text.schema[name] != pl.String:
            continue
        dtype = described.dtype.type
        if dtype == pl.Datetime:
            times = to_instants(text[name], zone)
            frame = frame.with_columns(times.instants.alias(name))
            is_ambiguous = is_ambiguous | times.is_ambiguous
        elif dtype != pl.String:
            frame = frame.with_columns(_cast(name, dtype).alias(name))
        if dtype in (pl.Datetime, pl.Date):
            is_lost = frame[name].is_null() & text[name].is_not_null()
            if is_lost.any():
                failures.append(failures_frame(feed, text.filter(is_lost), name, "impossible_time"))
    version = version_numbers(text[VERSION_COLUMN], zone)
    return TypedRows(frame.with_columns(is_ambiguous.alias("is_time_ambiguous"), version), pl.concat(failures))


def value_failures(feed: Feed, frame: pl.DataFrame, text: pl.DataFrame) -> pl.DataFrame:
    """Check the values of typed rows with the feed's model; `text` gives the values as they were written."""
    schema = feed.model.to_schema()
    return _failures(schema, frame.select(list(schema.columns)), feed, text)


@cache
def _text_schema(feed: Feed) -> pa.DataFrameSchema:
    columns = {}
    for name, described in feed.model.to_schema().columns.items():
        dtype = described.dtype.type
        pattern = _pattern(dtype)
        if pattern is not None and name not in DOOR_COLUMNS:
            columns[name] = pa.Column(pl.String, pa.Check.str_matches(pattern), nullable=True)
        elif name == "customer_id":
            longest = pa.Check.str_length(max_value=MAX_CUSTOMER_ID_CHARACTERS)
            columns[name] = pa.Column(pl.String, longest, nullable=True)
    return pa.DataFrameSchema(columns)


def _pattern(dtype: pl.DataType) -> str | None:
    # Durations and money.
    if dtype in (pl.Decimal(18, 3), pl.Decimal(18, 4)):
        return LARGE_DECIMAL_PATTERN
    by_type: dict[type[pl.DataType], str] = {
        pl.Datetime: INSTANT_PATTERN,
        pl.Date: DAY_PATTERN,
        pl.Int64: COUNT_PATTERN,
        pl.Decimal: DECIMAL_PATTERN,
        pl.Boolean: FLAG_PATTERN,
    }
    return next((pattern for kind, pattern in by_type.items() if dtype == kind), None)


def _cast(name: str, dtype: pl.DataType) -> pl.Expr:
    text = pl.col(name)
    if dtype == pl.Boolean:
        word = text.str.to_lowercase()
        return (
            pl.when(word.is_in(TRUE_WORDS))
            .then(pl.lit(value=True))
            .when(word.is_in(FALSE_WORDS))
            .then(pl.lit(value=False))
        )
    if dtype == pl.Date:
        return text.str.to_date("%Y-%m-%d", strict=False, cache=False)
    return text.cast(dtype, strict=False)


def _failures(schema: pa.DataFrameSchema, frame: pl.DataFrame, feed: Feed, text: pl.DataFrame) -> pl.DataFrame:
    try:
        with full_validation():
            schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
    else:
        return reject_frame()
    if cases["index"].null_count():
        # A failure without a row is one of the frame itself: a defect of the program, not of the file.
        raise AssertionError(f"feed {feed.name}: {cases.filter(pl.col('index').is_null())['check'].to_list()}")
    parts = []
    for (column, check), found in cases.group_by("column", "check", maintain_order=True):
        rows = text[found["index"].unique().sort().to_list()]
        parts.append(failures_frame(feed, rows, str(column), str(check)))
    return pl.concat(parts)
