"""The rules of a mapping as column expressions: what each field of a feed is made of."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from orchestration.readers.findings import Details, details_text, reject_columns, reject_frame, told_columns
from orchestration.readers.quoting import told_value
from orchestration.sources.files.fields import Condition, Constant, Converted, FieldRule, Filled, FirstOf, Key
from orchestration.sources.files.mapping import FeedRule
from orchestration.sources.files.numbers import NumberForm, multiplied, seconds_text
from orchestration.sources.files.texts import filled, narrowed, without_guards
from orchestration.sources.files.time_format import time_text
from schemas import FEEDS
from schemas.contract import Feed, contract_columns
from schemas.words import PLAIN

DATE_CHARACTERS = 10  # of 2026-01-05


def rule_rows(
    name: str, rule: FeedRule, at: int, version: FieldRule | None, records: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows that one rule of a feed makes of records, as text, and the values that it could not convert.

    at: place of the rule in the feed's list. version: what the rows' `record_version` is made of.
    `is_timeless` tells of each row that no time stands there.
    """
    chosen = records.filter(met(rule.where)) if rule.where else records
    columns = contract_columns(FEEDS[name])
    rows = chosen.select(
        "record_number",
        "line_number",
        pl.lit(at, dtype=pl.Int32).alias("row_in_record"),
        (pl.lit(None, dtype=pl.String) if version is None else field_text(version)).alias("record_version"),
        *(_field_of(FEEDS[name], columns[header], field) for header, field in rule.columns.items()),
        _is_empty(rule.columns.get(FEEDS[name].time_column or "")).alias("is_timeless"),
    )
    lost = [_unconverted(name, header, field, chosen) for header, field in rule.columns.items()]
    return rows, pl.concat([reject_frame(), *lost])


def filled_only(records: pl.DataFrame, empty: tuple[str, ...]) -> pl.DataFrame:
    """Return records without spaces around their fields or a spreadsheet's guards; null where nothing is meant."""
    text = pl.col(pl.String)
    stripped = without_guards(records.with_columns(text.str.strip_chars()))
    return stripped.with_columns(pl.when(~text.is_in(list(empty))).then(text)) if empty else stripped


def _is_empty(field: FieldRule | None) -> pl.Expr:
    """Tell whether nothing stands in all that a field is made of."""
    if field is None or isinstance(field, Constant) or field.default is not None:
        return pl.lit(value=False)
    is_empty = pl.all_horizontal(filled(pl.col(name), field.empty).is_null() for name in field.parts)
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
    text = pl.lit(field.constant, dtype=pl.String) if isinstance(field, Constant) else _of_text(field)
    return pl.when(met(field.when)).then(text) if field.when else text


def _of_text(field: Converted) -> pl.Expr:
    source = _source(field)
    text = _converted(field, _prepared(field, source))
    if field.default is None:
        return text
    return pl.when(source.is_null()).then(pl.lit(field.default)).otherwise(text)


def _source(field: Converted) -> pl.Expr:
    """Return what stands in the columns of a field."""
    texts = [filled(pl.col(name), field.empty) for name in field.parts]
    if isinstance(field, FirstOf):
        return pl.coalesce(texts)
    return pl.concat_str(texts, separator=field.separator) if isinstance(field, Key) else texts[0]


def _prepared(field: Converted, text: pl.Expr) -> pl.Expr:
    if field.narrow:
        text = narrowed(text)
    if field.extract is not None:
        text = filled(text.str.extract(field.extract).str.strip_chars())
    return text.str.to_lowercase() if field.lower else text


def _converted(field: Converted, text: pl.Expr) -> pl.Expr:
    if field.values:
        # An empty field is the value '': it can be listed, and `otherwise` is for it too.
        return text.fill_null("").replace_strict(field.values, default=field.otherwise, return_dtype=pl.String)
    if field.duration is not None:
        return seconds_text(text, field.duration)
    if field.number is not None:
        text = field.number.plain(text)
    if field.multiply is not None:
        return multiplied(text, field.multiply)
    return time_text(text, field.time_format) if field.time_format else text


def _unconverted(feed: str, header: str, field: FieldRule, records: pl.DataFrame) -> pl.DataFrame:
    """Reject records whose columns hold something that the rule makes nothing of."""
    found = [reject_frame()]
    for is_lost, check, way, details in _losses(header, field):
        if isinstance(field, Constant):
            continue
        column = field.parts[-1]
        values = {
            "feed": pl.lit(feed),
            "field": pl.lit(column),
            "value": told_value(FEEDS[feed], contract_columns(FEEDS[feed])[header], _source(field)),
            "details": pl.lit(details_text(details)),
            **told_columns(check, way, field=column, **details),
        }
        lost = records.filter(met(field.when) & is_lost)
        found.append(lost.select(reject_columns(values)))
    return pl.concat(found)


def _losses(header: str, field: FieldRule) -> Iterator[tuple[pl.Expr, str, str, Details]]:
    """Yield each way in which a field may be lost: where it is, and the check by which that is told."""
    if isinstance(field, Constant):
        return
    text = _source(field)
    prepared = _prepared(field, text)
    if field.extract is not None:
        yield text.is_not_null() & prepared.is_null(), "not_extracted", PLAIN, {"pattern": field.extract}
    if field.width is not None:
        is_cut = prepared.str.contains("^[0-9]+$") & (prepared.str.len_chars() < field.width)
        yield is_cut, "cut_zeros", PLAIN, {"width": field.width}
    if not _reads_anything(field):
        yield prepared.is_not_null() & _converted(field, prepared).is_null(), *_why_unconverted(header, field)


def _reads_anything(field: Converted) -> bool:
    """Tell whether a rule makes something of whatever stands there."""
    if field.values:
        return field.otherwise is not None
    return not (field.time_format or field.duration or field.number or field.multiply)


def _why_unconverted(header: str, field: Converted) -> tuple[str, str, Details]:
    if field.time_format:
        return "not_a_time", "format", {"format": " | ".join(field.time_format)}
    if field.values:
        return "unmapped_value", PLAIN, {"header": header}
    if field.duration:
        return "not_a_duration", PLAIN, {"format": field.duration}
    if field.number:
        return "not_a_number", "written", _signs(field.number)
    return "not_a_number", "mapped", {}


def _signs(form: NumberForm) -> Details:
    return {"decimal": form.decimal, "thousands": form.thousands or ""}
