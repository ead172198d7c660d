"""Fields of a mapping as column expressions, and where a field says something that its form makes nothing of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from orchestration.readers.findings import Details
from orchestration.sources.files.conditions import met
from orchestration.sources.files.converted import Converted, FirstOf, Key
from orchestration.sources.files.fields import (
    Cases,
    Constant,
    DurationFrom,
    FieldRule,
    Minus,
    Operand,
    Reckoned,
    RowNumber,
    texts_read,
)
from orchestration.sources.files.lookups import Tables
from orchestration.sources.files.numbers import NUMBER_PATTERN, NumberForm, multiplied, seconds_text
from orchestration.sources.files.reckoned import instant, moved, seconds_between
from orchestration.sources.files.texts import filled, narrowed
from orchestration.sources.files.time_format import time_text
from schemas.words import PLAIN


@dataclass(frozen=True)
class Around:
    """What a field may need beside its record.

    zone: of local times, an IANA name. file_name: the file's own, with its day. tables: what fields look up.
    """

    zone: str
    file_name: str
    tables: Tables = field(default_factory=dict)


@dataclass(frozen=True)
class Loss:
    """One way in which a field may be lost: on which records, by which column, and how that is told."""

    column: str
    text: pl.Expr
    is_lost: pl.Expr
    check: str
    way: str
    details: Details


def field_text(field: FieldRule, around: Around) -> pl.Expr:
    """Return the text of one field for every record; null where its condition is not met or nothing stands there."""
    if isinstance(field, Reckoned):
        text = _reckoned(field, around)
    elif isinstance(field, RowNumber):
        text = pl.lit(f"{around.file_name}-") + pl.col("record_number").cast(pl.String)
    elif isinstance(field, Cases):
        text = pl.coalesce(field_text(case, around) for case in field.cases)
    else:
        text = _operand(field, around)
    return pl.when(met(field.when)).then(text) if field.when else text


def is_empty(field: FieldRule | None) -> pl.Expr:
    """Tell whether nothing stands in all that a field is made of; of what is reckoned, in one of both."""
    if isinstance(field, Reckoned):
        nothing = pl.any_horizontal(is_empty(operand) for operand in field.operands)
    elif isinstance(field, Cases):
        nothing = pl.all_horizontal(is_empty(case) for case in field.cases)
    elif isinstance(field, Converted) and field.default is None:
        nothing = pl.all_horizontal(filled(pl.col(name), field.empty).is_null() for name in field.parts)
    else:
        nothing = pl.lit(value=False)
    return nothing | ~met(field.when) if field is not None and field.when else nothing


def _reckoned(field: Reckoned, around: Around) -> pl.Expr:
    first, second = (field_text(operand, around) for operand in field.operands)
    if isinstance(field, DurationFrom):
        return seconds_between(first, second, around.zone)
    return moved(first, second, around.zone, is_earlier=isinstance(field, Minus))


def _operand(field: Operand, around: Around) -> pl.Expr:
    return pl.lit(field.constant, dtype=pl.String) if isinstance(field, Constant) else _of_text(field, around)


def _of_text(field: Converted, around: Around) -> pl.Expr:
    source = source_text(field)
    text = _converted(field, around, _prepared(field, source))
    if field.prefix is not None:
        text = pl.when(text != "").then(pl.lit(field.prefix) + text)
    if field.default is None:
        return text
    return pl.when(source.is_null()).then(pl.lit(field.default)).otherwise(text)


def source_text(field: Converted) -> pl.Expr:
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


def _converted(field: Converted, around: Around, text: pl.Expr) -> pl.Expr:
    if field.lookup is not None:
        text = _looked_up(text, around.tables[field.lookup], None if field.values else field.otherwise)
    if field.values:
        # An empty field is the value '': it can be listed, and `otherwise` is for it too.
        return text.fill_null("").replace_strict(field.values, default=field.otherwise, return_dtype=pl.String)
    if field.lookup is not None:
        return text
    if field.duration is not None:
        return seconds_text(text, field.duration)
    if field.number is not None:
        text = field.number.plain(text)
    if field.multiply is not None:
        return multiplied(text, field.multiply)
    return time_text(text, field.time_format) if field.time_format else text


def losses(header: str, field: FieldRule, around: Around) -> Iterator[Loss]:
    """Yield each way in which a field may be lost."""
    if isinstance(field, Reckoned):
        yield from _losses_of_both(header, field, around)
    elif isinstance(field, Cases):
        yield from _losses_of_cases(header, field, around)
    elif isinstance(field, Converted):
        for is_lost, check, way, details in _losses(header, field, around):
            yield Loss(field.parts[-1], source_text(field), met(field.when) & is_lost, check, way, details)


def _losses_of_cases(header: str, field: Cases, around: Around) -> Iterator[Loss]:
    """Yield what each case loses where it is the one that counts: none before it has anything."""
    is_reached = met(field.when)
    for case in field.cases:
        for loss in losses(header, case, around):
            yield Loss(loss.column, loss.text, is_reached & loss.is_lost, loss.check, loss.way, loss.details)
        is_reached &= is_empty(case)


def _losses_of_both(header: str, field: Reckoned, around: Around) -> Iterator[Loss]:
    for at, operand in enumerate(field.operands):
        for loss in losses(header, operand, around):
            yield Loss(loss.column, loss.text, met(field.when) & loss.is_lost, loss.check, loss.way, loss.details)
        parts = texts_read(operand)
        if not parts:
            continue
        text = field_text(operand, around)
        is_time = at == 0 or isinstance(field, DurationFrom)
        is_read = instant(text, around.zone).is_not_null() if is_time else text.str.contains(NUMBER_PATTERN)
        is_lost = met(field.when) & text.is_not_null() & ~is_read
        check, way = ("not_a_time", PLAIN) if is_time else ("not_a_number", PLAIN)
        yield Loss(parts[-1].parts[-1], source_text(parts[-1]), is_lost, check, way, {})


def _losses(header: str, field: Converted, around: Around) -> Iterator[tuple[pl.Expr, str, str, Details]]:
    text = source_text(field)
    prepared = _prepared(field, text)
    if field.extract is not None:
        yield text.is_not_null() & prepared.is_null(), "not_extracted", PLAIN, {"pattern": field.extract}
    if field.width is not None:
        is_cut = prepared.str.contains("^[0-9]+$") & (prepared.str.len_chars() < field.width)
        yield is_cut, "cut_zeros", PLAIN, {"width": field.width}
    if _reads_anything(field):
        return
    found = prepared
    if field.lookup is not None:
        found = _looked_up(prepared, around.tables[field.lookup], None)
        not_there = {"pattern": field.lookup.file, "key": field.lookup.key}
        yield prepared.is_not_null() & found.is_null(), "not_looked_up", PLAIN, not_there
    yield found.is_not_null() & _converted(field, around, prepared).is_null(), *_why_unconverted(header, field)


def _looked_up(text: pl.Expr, table: Mapping[str, str], otherwise: str | None) -> pl.Expr:
    if not table:
        return pl.when(text.is_not_null()).then(pl.lit(otherwise, dtype=pl.String))
    found = text.replace_strict(list(table), list(table.values()), default=otherwise, return_dtype=pl.String)
    return pl.when(text.is_not_null()).then(found)


def _reads_anything(field: Converted) -> bool:
    """Tell whether a rule makes something of whatever stands there."""
    if field.values or field.lookup:
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
