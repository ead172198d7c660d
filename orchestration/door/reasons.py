"""What is told about a failed check: the field, the value, a sentence and the remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from orchestration.readers.findings import REJECT_SCHEMA
from orchestration.readers.quoting import told_value
from schemas.contract import CONTRACT_HEADERS, MAX_DAYS_AHEAD, ROW_CHECKS, Feed


@dataclass(frozen=True)
class Reason:
    """One kind of failure of one field."""

    field: str
    check: str
    message: str
    remedy: str


def failures_frame(feed: Feed, rows: pl.DataFrame, column: str, check: str) -> pl.DataFrame:
    """Return rows (with their text) as failures of one check, in REJECT_SCHEMA; `check` is what Pandera calls it."""
    reason = reason_for(feed, column, check)
    return rows.select(
        pl.col("record_number"),
        pl.col("line_number"),
        pl.lit(feed.name).alias("feed"),
        pl.lit(reason.field).alias("field"),
        pl.lit(reason.check).alias("check_name"),
        told_value(feed, ROW_CHECKS[check].field if check in ROW_CHECKS else column),
        pl.lit(reason.message).alias("message"),
        pl.lit(reason.remedy).alias("remedy"),
    ).match_to_schema(pl.Schema(REJECT_SCHEMA))


def reason_for(feed: Feed, column: str, check: str) -> Reason:
    """Say what a failed check means, in words for whoever has to mend the file."""
    if check in ROW_CHECKS:
        row = ROW_CHECKS[check]
        return Reason(row.field, row.name, row.message, row.remedy)
    field = CONTRACT_HEADERS.get((feed.name, column), column)
    name, message, remedy = _by_kind(feed, column, check)
    return Reason(field, name, f"`{field}` {message}", remedy)


def _by_kind(feed: Feed, column: str, check: str) -> tuple[str, str, str]:
    dtype = feed.model.to_schema().columns[column].dtype.type
    if check == "not_nullable":
        return "missing_value", "is empty.", f"Give a value; every row of {feed.name} needs it."
    if check == "impossible_time":
        return (
            "impossible_time",
            "is a time that does not exist (no such day, or skipped when the clocks went forward).",
            "Correct it, or write times with their offset (2026-03-29T03:30:00+02:00).",
        )
    if check == "after_landing_day":
        return (
            "after_landing_day",
            f"is later than {MAX_DAYS_AHEAD} days after the day on which the file landed.",
            "Correct it, or drop the file again under the day on which it came; leave an open end empty.",
        )
    if allowed := re.fullmatch(r"isin\(\[(.*)\]\)", check):
        values = allowed[1].replace("'", "")
        return "unknown_value", f"is none of: {values}.", "Write one of them; in a mapping translate by `values`."
    if check.startswith(("greater_than", "less_than")):
        return _out_of_range(dtype, check)
    if check.startswith("str_length") or dtype == pl.String:
        return "bad_text", "is too long or holds control characters.", "Write at most 256 plain characters."
    return _wrong_format(dtype)


def _out_of_range(dtype: pl.DataType, check: str) -> tuple[str, str, str]:
    if dtype in (pl.Datetime, pl.Date):
        first = 1990 if dtype == pl.Datetime else 1900
        return (
            "out_of_range",
            f"lies outside the years {first} to 2099.",
            "Correct it; leave it empty if the time is unknown or has no end.",
        )
    bound = check[check.find("(") + 1 : -1]
    side = "less than" if check.startswith("greater_than") else "more than"
    name = "negative" if (side, bound) == ("less than", "0") else "out_of_range"
    return name, f"is {side} {bound}.", "Correct it, or leave it empty if the contract allows that."


def _wrong_format(dtype: pl.DataType) -> tuple[str, str, str]:
    kinds: list[tuple[type[pl.DataType], str, str, str]] = [
        (pl.Int64, "not_a_whole_number", "is no whole number.", "Write digits only, such as 12."),
        (pl.Decimal, "not_a_number", "is no plain decimal number.", "Write digits and a point, such as 12.5."),
        (pl.Boolean, "not_a_flag", "is neither true nor false.", "Write true or false (or 1/0, yes/no)."),
        (pl.Date, "not_a_date", "is no date.", "Write it as 2026-01-05."),
        (
            pl.Datetime,
            "not_a_time",
            "is no time of the form 2026-01-05T08:00:00+08:00.",
            "Write ISO 8601 with seconds, with an offset or in the source's time zone; in a mapping use `time_format`.",
        ),
    ]
    return next((name, message, remedy) for kind, name, message, remedy in kinds if dtype == kind)
