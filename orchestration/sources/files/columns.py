"""The rules of a mapping as column expressions: what each field of a feed is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from orchestration.readers.findings import details_text, reject_columns, reject_frame, told_columns
from orchestration.readers.quoting import told_value
from orchestration.sources.files.cells import PART, split, unsplit_cells
from orchestration.sources.files.conditions import met
from orchestration.sources.files.expressions import Around, field_text, is_empty, losses
from orchestration.sources.files.fields import FieldRule, converted_parts
from orchestration.sources.files.mapping import FeedRule
from orchestration.sources.files.texts import without_guards
from schemas import FEEDS
from schemas.contract import Feed, contract_columns

DATE_CHARACTERS = 10  # of 2026-01-05


@dataclass(frozen=True)
class Place:
    """A rule, and where it stands in its feed's list of so many rules."""

    rule: FeedRule
    at: int
    rules: int


class RuleRows(NamedTuple):
    """Rows that a rule makes, and rejects for what it could not convert."""

    rows: pl.DataFrame
    lost: pl.DataFrame


def rule_rows(name: str, place: Place, version: FieldRule | None, around: Around, records: pl.DataFrame) -> RuleRows:
    """Return the rows that one rule of a feed makes of records, as text, and the values that it could not convert.

    version: what the rows' `record_version` is made of. `is_timeless` tells of each row that no time stands there.
    """
    rule = place.rule
    chosen = split(rule.split, records.filter(met(rule.where)) if rule.where else records)
    columns = contract_columns(FEEDS[name])
    rows = chosen.select(
        "record_number",
        "line_number",
        # The parts of a cell come after each other, those of one rule among those of the others.
        (pl.lit(place.at) + place.rules * pl.col(PART)).cast(pl.Int32).alias("row_in_record"),
        (pl.lit(None, dtype=pl.String) if version is None else field_text(version, around)).alias("record_version"),
        *(_field_of(FEEDS[name], columns[header], field, around) for header, field in rule.columns.items()),
        is_empty(rule.columns.get(FEEDS[name].time_column or "")).alias("is_timeless"),
    )
    lost = [_unconverted(name, header, field, around, chosen) for header, field in rule.columns.items()]
    unsplit = unsplit_cells(rule, rows)
    return RuleRows(rows, pl.concat([reject_frame(unsplit), *lost]))


def filled_only(records: pl.DataFrame, empty: tuple[str, ...]) -> pl.DataFrame:
    """Return records without spaces around their fields or a spreadsheet's guards; null where nothing is meant."""
    text = pl.col(pl.String)
    stripped = without_guards(records.with_columns(text.str.strip_chars()))
    return stripped.with_columns(pl.when(~text.is_in(list(empty))).then(text)) if empty else stripped


def _field_of(feed: Feed, column: str, field: FieldRule, around: Around) -> pl.Expr:
    text = field_text(field, around)
    is_date = feed.model.to_schema().columns[column].dtype.type == pl.Date
    if is_date and any(part.time_format for part in converted_parts(field)):
        # A date that is written with a clock time, mostly midnight; one with a zone is refused in centre.yaml.
        text = text.str.slice(0, DATE_CHARACTERS)
    return text.alias(column)


def _unconverted(feed: str, header: str, field: FieldRule, around: Around, records: pl.DataFrame) -> pl.DataFrame:
    """Reject records whose columns hold something that the rule makes nothing of."""
    found = [reject_frame()]
    for loss in losses(header, field, around):
        values = {
            "feed": pl.lit(feed),
            "field": pl.lit(loss.column),
            "value": told_value(FEEDS[feed], contract_columns(FEEDS[feed])[header], loss.text),
            "details": pl.lit(details_text(loss.details)),
            **told_columns(loss.check, loss.way, field=loss.column, **loss.details),
        }
        found.append(records.filter(loss.is_lost).select(reject_columns(values)))
    return pl.concat(found)
