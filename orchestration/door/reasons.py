"""What is told about a failed check: the field, the value, a sentence and the remedy."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass

import polars as pl

from orchestration.readers.findings import REJECT_SCHEMA, Details, details_text
from orchestration.readers.quoting import told_value
from schemas.contract import CONTRACT_HEADERS, MAX_DAYS_AHEAD, ROW_CHECKS, Feed
from schemas.words import PLAIN, Words, words_of

Kind = tuple[str, str, Details]
"""Check, way in which it is said, details."""


@dataclass(frozen=True)
class Reason:
    """One kind of failure of one field of a feed; `details` fill its words, beside field and feed."""

    feed: str
    field: str
    check: str
    way: str = PLAIN
    details: Details = dataclasses.field(default_factory=dict)

    @property
    def message(self) -> str:
        """Return what is wrong."""
        return self._words.message

    @property
    def remedy(self) -> str:
        """Return what to do about it."""
        return self._words.remedy

    @property
    def _words(self) -> Words:
        return words_of(self.check, self.way, {"feed": self.feed, "field": self.field, **self.details})


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
        pl.lit(details_text(reason.details), dtype=pl.String).alias("details"),
    ).match_to_schema(pl.Schema(REJECT_SCHEMA))


def reason_for(feed: Feed, column: str, check: str) -> Reason:
    """Say what a failed check means, in words for whoever has to mend the file."""
    if check in ROW_CHECKS:
        row = ROW_CHECKS[check]
        return Reason(feed.name, row.field, row.name, row.way, row.details)
    return Reason(feed.name, CONTRACT_HEADERS.get((feed.name, column), column), *_by_kind(feed, column, check))


def _by_kind(feed: Feed, column: str, check: str) -> Kind:
    dtype = feed.model.to_schema().columns[column].dtype.type
    if check == "not_nullable":
        return "missing_value", PLAIN, {}
    if check == "impossible_time":
        return "impossible_time", PLAIN, {}
    if check == "spreadsheet_id":
        return "spreadsheet_id", PLAIN, {}
    if check == "before_kept_records":
        return "before_kept_records", PLAIN, {}
    if check == "after_landing_day":
        return "after_landing_day", PLAIN, {"days": MAX_DAYS_AHEAD}
    if allowed := re.fullmatch(r"isin\(\[(.*)\]\)", check):
        return "unknown_value", PLAIN, {"allowed": allowed[1].replace("'", "").split(", ")}
    if check.startswith(("greater_than", "less_than")):
        return _out_of_range(dtype, check)
    if check.startswith("str_length") or dtype == pl.String:
        return "bad_text", PLAIN, {}
    return _wrong_format(dtype), PLAIN, {}


def _out_of_range(dtype: pl.DataType, check: str) -> Kind:
    if dtype in (pl.Datetime, pl.Date):
        return "out_of_range", "years", {"first_year": 1990 if dtype == pl.Datetime else 1900, "last_year": 2099}
    bound = check[check.find("(") + 1 : -1]
    way = "least" if check.startswith("greater_than") else "most"
    return ("negative", PLAIN, {}) if (way, bound) == ("least", "0") else ("out_of_range", way, {way: bound})


def _wrong_format(dtype: pl.DataType) -> str:
    checks: dict[type[pl.DataType], str] = {
        pl.Int64: "not_a_whole_number",
        pl.Decimal: "not_a_number",
        pl.Boolean: "not_a_flag",
        pl.Date: "not_a_date",
        pl.Datetime: "not_a_time",
    }
    return next(name for kind, name in checks.items() if dtype == kind)
