"""The rules of a mapping as column expressions: what each field of a feed is made of."""

from __future__ import annotations

import polars as pl

from orchestration.readers.findings import reject_columns, reject_frame
from orchestration.readers.quoting import told_value
from orchestration.sources.files.mapping import Column, Condition, Constant, FeedRule, FieldRule, Key
from orchestration.sources.files.time_format import EPOCH_UNITS, read_format
from schemas import FEEDS
from schemas.contract import Feed, contract_columns

EPOCH_PATTERN = r"^[0-9]{1,11}(?:\.[0-9]{1,6})?$"
EPOCH_MILLISECONDS_PATTERN = r"^[0-9]{1,14}$"
NUMBER_PATTERN = r"^[+-]?[0-9]{1,12}(?:\.[0-9]{1,12})?$"
DATE_CHARACTERS = 10  # of 2026-01-05
ISO_TEXT = "%Y-%m-%dT%H:%M:%S%.6f"


def feed_rows(name: str, rule: FeedRule, records: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows that records give to one feed, as text, and the values that a rule could not convert."""
    stripped = records.with_columns(pl.col(pl.String).str.strip_chars())
    chosen = stripped.filter(met(rule.where)) if rule.where else stripped
    columns = contract_columns(FEEDS[name])
    rows = chosen.select(
        "record_number",
        "line_number",
        pl.lit(0, dtype=pl.Int32).alias("row_in_record"),
        *(_field_of(FEEDS[name], columns[header], field) for header, field in rule.columns.items()),
    )
    lost = [_unconverted(name, header, field, chosen) for header, field in rule.columns.items()]
    return rows, pl.concat([reject_frame(), *lost])


def _field_of(feed: Feed, column: str, field: FieldRule) -> pl.Expr:
    text = field_text(field)
    if isinstance(field, Column) and field.time_format and feed.model.to_schema().columns[column].dtype.type == pl.Date:
        # A date that is written with a clock time, mostly midnight; one with a zone is refused in centre.yaml.
        text = text.str.slice(0, DATE_CHARACTERS)
    return text.alias(column)


def met(condition: Condition) -> pl.Expr:
    """Return whether all columns of a condition have one of their values; an empty field meets the value ''."""
    tests = [pl.col(name).fill_null("").is_in(list(values)) for name, values in condition.items()]
    return pl.all_horizontal(tests) if tests else pl.lit(value=True)


def field_text(field: FieldRule) -> pl.Expr:
    """Return the text of one field for every record; null where its condition is not met or nothing stands there."""
    if isinstance(field, Constant):
        text = pl.lit(field.constant, dtype=pl.String)
    elif isinstance(field, Key):
        text = pl.concat_str([_filled(name) for name in field.key], separator=field.separator)
    else:
        text = _converted(field)
    return pl.when(met(field.when)).then(text) if field.when else text


def _filled(name: str) -> pl.Expr:
    return pl.when(pl.col(name) != "").then(pl.col(name))


def _converted(field: Column) -> pl.Expr:
    text = _filled(field.column)
    if field.values:
        # An empty field is the value '': it can be listed, and `otherwise` is for it too.
        return (
            pl.col(field.column)
            .fill_null("")
            .replace_strict(field.values, default=field.otherwise, return_dtype=pl.String)
        )
    if field.multiply is not None:
        is_number = text.str.contains(NUMBER_PATTERN)
        # 12 places before the point and 12 after, times a factor, fit into 38 digits.
        number = pl.when(is_number).then(text).cast(pl.Decimal(28, 12), strict=False)
        factor = pl.lit(field.multiply).cast(pl.Decimal(38, 12))
        return (number * factor).cast(pl.Decimal(38, 9), strict=False).cast(pl.String)
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
    if not isinstance(field, Column) or not (field.values or field.time_format or field.multiply):
        return reject_frame()
    is_lost = _filled(field.column).is_not_null() & _converted(field).is_null()
    if field.values and field.otherwise is not None:
        return reject_frame()
    check, message, remedy = _why_unconverted(header, field)
    values = {
        "feed": pl.lit(feed),
        "field": pl.lit(field.column),
        "check_name": pl.lit(check),
        "value": told_value(FEEDS[feed], contract_columns(FEEDS[feed])[header], pl.col(field.column)),
        "message": pl.lit(message),
        "remedy": pl.lit(remedy),
    }
    lost = records.filter(met(field.when) & is_lost)
    return lost.select(reject_columns(values))


def _why_unconverted(header: str, field: Column) -> tuple[str, str, str]:
    if field.values:
        return (
            "unmapped_value",
            f"`{field.column}` has a value that the mapping of `{header}` does not list.",
            "Add it under `values`, or give `otherwise`.",
        )
    if field.time_format:
        return (
            "not_a_time",
            f"`{field.column}` is no time of the form {field.time_format}.",
            "Correct `time_format` in the mapping, or the file.",
        )
    return "not_a_number", f"`{field.column}` is no plain decimal number.", "Correct the file, or drop `multiply`."
