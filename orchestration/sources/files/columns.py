"""The rules of a mapping as column expressions: what each field of a feed is made of."""

from __future__ import annotations

import polars as pl

from orchestration.readers.findings import Details, details_text, reject_columns, reject_frame, told_columns
from orchestration.readers.quoting import told_value
from orchestration.sources.files.fields import Column, Condition, Constant, FieldRule, Filled, Key
from orchestration.sources.files.mapping import FeedRule
from orchestration.sources.files.numbers import NumberForm, multiplied, seconds_text
from orchestration.sources.files.time_format import EPOCH_UNITS, read_format
from schemas import FEEDS
from schemas.contract import Feed, contract_columns
from schemas.words import PLAIN

EPOCH_PATTERN = r"^[0-9]{1,11}(?:\.[0-9]{1,6})?$"
EPOCH_MILLISECONDS_PATTERN = r"^[0-9]{1,14}$"
DATE_CHARACTERS = 10  # of 2026-01-05
ISO_TEXT = "%Y-%m-%dT%H:%M:%S%.6f"


def rule_rows(name: str, rule: FeedRule, at: int, records: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows that one rule of a feed makes of records, as text, and the values that it could not convert.

    at: place of the rule in the feed's list. `is_timeless` tells of each row that no time stands there.
    """
    chosen = records.filter(met(rule.where)) if rule.where else records
    columns = contract_columns(FEEDS[name])
    rows = chosen.select(
        "record_number",
        "line_number",
        pl.lit(at, dtype=pl.Int32).alias("row_in_record"),
        *(_field_of(FEEDS[name], columns[header], field) for header, field in rule.columns.items()),
        _is_empty(rule.columns.get(FEEDS[name].time_column or "")).alias("is_timeless"),
    )
    lost = [_unconverted(name, header, field, chosen) for header, field in rule.columns.items()]
    return rows, pl.concat([reject_frame(), *lost])


def filled_only(records: pl.DataFrame, empty: tuple[str, ...]) -> pl.DataFrame:
    """Return records without spaces around their fields; null where a text stands for nothing."""
    text = pl.col(pl.String).str.strip_chars()
    return records.with_columns(pl.when(~text.is_in(list(empty))).then(text) if empty else text)


def _is_empty(field: FieldRule | None) -> pl.Expr:
    """Tell whether nothing stands in all that a field is made of."""
    if field is None or isinstance(field, Constant):
        return pl.lit(value=False)
    sources = [_filled(name) for name in field.key] if isinstance(field, Key) else [_filled(field.column, field.empty)]
    is_empty = pl.all_horizontal(source.is_null() for source in sources)
    return is_empty | ~met(field.when) if field.when else is_empty


def _field_of(feed: Feed, column: str, field: FieldRule) -> pl.Expr:
    text = field_text(field)
    if (
        not isinstance(field, Constant)
        and field.time_format
        and feed.model.to_schema().columns[column].dtype.type == pl.Date
    ):
        # A date that is written with a clock time, mostly midnight; one with a zone is refused in centre.yaml.
        text = text.str.slice(0, DATE_CHARACTERS)
    return text.alias(column)


def met(condition: Condition) -> pl.Expr:
    """Return whether all columns of a condition have one of their values; an empty field meets the value ''."""
    tests = [_meets(pl.col(name).fill_null(""), values) for name, values in condition.items()]
    return pl.all_horizontal(tests) if tests else pl.lit(value=True)


def _meets(text: pl.Expr, values: Filled | tuple[str, ...]) -> pl.Expr:
    return (text != "") == values.filled if isinstance(values, Filled) else text.is_in(list(values))


def field_text(field: FieldRule) -> pl.Expr:
    """Return the text of one field for every record; null where its condition is not met or nothing stands there."""
    if isinstance(field, Constant):
        text = pl.lit(field.constant, dtype=pl.String)
    elif isinstance(field, Key):
        joined = _joined(field)
        text = _time_text(joined, field.time_format) if field.time_format else joined
    else:
        text = _converted(field)
    return pl.when(met(field.when)).then(text) if field.when else text


def _filled(name: str, empty: tuple[str, ...] = ()) -> pl.Expr:
    return pl.when(~pl.col(name).is_in(["", *empty])).then(pl.col(name))


def _joined(field: Key) -> pl.Expr:
    return pl.concat_str([_filled(name) for name in field.key], separator=field.separator)


def _converted(field: Column) -> pl.Expr:
    text = _filled(field.column, field.empty)
    if field.values:
        # An empty field is the value '': it can be listed, and `otherwise` is for it too.
        return text.fill_null("").replace_strict(field.values, default=field.otherwise, return_dtype=pl.String)
    if field.duration is not None:
        return seconds_text(text, field.duration)
    if field.number is not None:
        text = field.number.plain(text)
    if field.multiply is not None:
        return multiplied(text, field.multiply)
    if field.time_format is not None:
        return _time_text(text, field.time_format)
    return text


def _time_text(text: pl.Expr, time_format: str) -> pl.Expr:
    """Return ISO text; local times stay local, so that the source's zone is applied at the door."""
    if time_format in EPOCH_UNITS:
        is_milliseconds = time_format == "epoch_milliseconds"
        pattern = EPOCH_MILLISECONDS_PATTERN if is_milliseconds else EPOCH_PATTERN
        number = pl.when(text.str.contains(pattern)).then(text).cast(pl.Decimal(28, 6), strict=False)
        micros = (number * EPOCH_UNITS[time_format]).cast(pl.Int64, strict=False)
        return micros.cast(pl.Datetime("us")).dt.strftime(ISO_TEXT) + "Z"
    return read_format(time_format).iso_text(text)


def _unconverted(feed: str, header: str, field: FieldRule, records: pl.DataFrame) -> pl.DataFrame:
    """Reject records whose column holds something that the rule makes nothing of."""
    if isinstance(field, Constant) or _reads_anything(field):
        return reject_frame()
    if isinstance(field, Key):
        text, converted, column = _joined(field), field_text(field), field.key[-1]
    else:
        text, converted, column = _filled(field.column, field.empty), _converted(field), field.column
    is_lost = text.is_not_null() & converted.is_null()
    check, way, details = _why_unconverted(header, field)
    values = {
        "feed": pl.lit(feed),
        "field": pl.lit(column),
        "value": told_value(FEEDS[feed], contract_columns(FEEDS[feed])[header], text),
        "details": pl.lit(details_text(details)),
        **told_columns(check, way, field=column, **details),
    }
    lost = records.filter(met(field.when) & is_lost)
    return lost.select(reject_columns(values))


def _reads_anything(field: Column | Key) -> bool:
    """Tell whether a rule makes something of whatever stands there."""
    if isinstance(field, Key):
        return field.time_format is None
    if field.values:
        return field.otherwise is not None
    return not (field.time_format or field.duration or field.number or field.multiply)


def _why_unconverted(header: str, field: Column | Key) -> tuple[str, str, Details]:
    if field.time_format:
        return "not_a_time", "format", {"format": field.time_format}
    if isinstance(field, Column) and field.values:
        return "unmapped_value", PLAIN, {"header": header}
    if isinstance(field, Column) and field.duration:
        return "not_a_duration", PLAIN, {"format": field.duration}
    if isinstance(field, Column) and field.number:
        return "not_a_number", "written", _signs(field.number)
    return "not_a_number", "mapped", {}


def _signs(form: NumberForm) -> Details:
    return {"decimal": form.decimal, "thousands": form.thousands or ""}
