"""What the texts of a column are: times of some form, lengths of time, numbers, flags, ids, words, or text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

import polars as pl

from orchestration.door.times import DAY_PATTERN, INSTANT_PATTERN
from orchestration.look.forms import (
    CLOCKS,
    DAYS,
    EPOCHS,
    FLAGS,
    ID_NAME,
    INSTANTS,
    NOTHING_WORDS,
    NUMBERS,
    SERIAL,
    TIME_NAME,
)
from orchestration.sources.files.numbers import DURATION_FORMS, NumberForm, seconds_text
from orchestration.sources.files.texts import without_guards
from orchestration.sources.files.time_format import time_text

Holding = Literal[
    "nothing", "instant", "day", "clock", "duration", "whole number", "number", "flag", "id", "words", "text"
]

MOST_WORDS = 30
"""A column of so few different texts is a list of words."""
_LOOKED_AT = 5_000
"""So many texts tell the form; how many records it does not read is counted over all."""
_FIRST_LOOKED_AT = 40
"""What reads less than half of so many reads not enough of all."""
_PLACES = re.compile(r"%\.?[A-Za-z]|^[a-z_]+$")
"""Of a time_format, what is no sign that stands in the text itself."""
_SIGN_OF_LENGTH = r"[0-9].*[:A-Za-z秒分时天]|[:A-Za-z].*[0-9]"
_SHARE = 0.95
_LONGEST_ID = 64


@dataclass(frozen=True)
class Column:
    """What a column holds.

    form: the time_format, duration or number form that reads its texts, None where the contract's own does.
    other_form: one that reads them as well, and says something else. filled: share of records with anything in it.
    different: how many texts it has. unread: records whose text the form does not read. lowest, highest: of times and
    numbers as they are read, of texts their lengths. words: its texts where there are few. nothing: texts that stand
    for nothing. comes_again: its texts come twice or more, so that they are words of a list and nobody's own.
    has_digits: nearly all of its texts have two or more. has_zero: 0 stands among ids that are longer.
    """

    name: str
    holding: Holding
    filled: float
    different: int
    form: str | None = None
    other_form: str | None = None
    number: NumberForm | None = None
    unread: int = 0
    lowest: str = ""
    highest: str = ""
    words: tuple[str, ...] = ()
    nothing: tuple[str, ...] = field(default=())
    is_unique: bool = False
    comes_again: bool = False
    has_digits: bool = False
    has_zero: bool = False


def column_of(name: str, texts: pl.Series) -> Column:
    """Return what a column of text holds."""
    stripped = without_guards(pl.DataFrame({"text": texts}).select(pl.col("text").str.strip_chars()))["text"]
    stripped = stripped.set(stripped == "", None) if stripped.len() else stripped
    nothing = _nothing(stripped)
    values = stripped.filter(stripped.is_not_null() & ~stripped.is_in(list(nothing)))
    filled = len(values) / len(texts) if len(texts) else 0.0
    if values.is_empty():
        return Column(name, "nothing", 0.0, 0, nothing=nothing)
    different = values.unique(maintain_order=True)
    told = _held(name, values.head(_LOOKED_AT), values)
    words = tuple(sorted(different)) if len(different) <= MOST_WORDS else ()
    is_unique = len(different) == len(values) == len(texts)
    return Column(
        name,
        told.holding,
        filled,
        len(different),
        told.form,
        told.other,
        told.number,
        told.unread,
        told.lowest,
        told.highest,
        words if told.holding in ("words", "flag") or set(words) == {"0", "1"} else (),
        nothing,
        is_unique,
        len(different) * 2 <= len(values),
        _share(values.head(_LOOKED_AT).str.contains("[0-9].*[0-9]")) >= _SHARE,
        "0" in different
        and len(different) > 1
        and bool((different.filter(different != "0").str.len_chars() > 1).all()),
    )


@dataclass(frozen=True)
class _Held:
    holding: Holding
    form: str | None = None
    other: str | None = None
    number: NumberForm | None = None
    unread: int = 0
    lowest: str = ""
    highest: str = ""


def _nothing(texts: pl.Series) -> tuple[str, ...]:
    """Return the texts that say that there is nothing, where others say something."""
    found = texts.drop_nulls().unique()
    nothing = found.filter(found.str.to_lowercase().is_in(list(NOTHING_WORDS)))
    # A column of yes and no in Chinese has 无 for no.
    is_flag = len(found) <= 2 and found.str.to_lowercase().is_in(list(FLAGS)).all()
    return () if is_flag or len(nothing) == len(found) > 1 else tuple(sorted(nothing))


def _held(name: str, some: pl.Series, values: pl.Series) -> _Held:
    lower = some.str.to_lowercase()
    if lower.is_in(list(FLAGS)).all():
        return _Held("flag")
    return (
        _time(name, some, values)
        or _clock(some, values)
        or _duration(some, values)
        or _number(name, some, values)
        or _text(name, some, values)
    )


def _time(name: str, some: pl.Series, values: pl.Series) -> _Held | None:
    for holding, pattern in (("instant", INSTANT_PATTERN), ("day", DAY_PATTERN)):
        if _share(some.str.contains(pattern)) >= _SHARE:
            read = values.filter(values.str.contains(pattern))
            return _Held(holding, None, unread=len(values) - len(read), lowest=_low(read), highest=_high(read))  # type: ignore[arg-type]
    if _share(some.str.contains("[0-9]")) < _SHARE:
        return None
    is_named = TIME_NAME.search(name) is not None
    instants = (*INSTANTS, *(_number_forms(some) if is_named else ()))
    for holding, forms in (("instant", instants), ("day", DAYS)):
        first = some.head(_FIRST_LOOKED_AT)
        signs = set("".join(first))
        likely = [form for form in forms if set(_PLACES.sub("", form)) <= signs]
        likely = [form for form in likely if _share(_read(first, form).is_not_null()) >= 1 / 2]
        reading = [form for form in likely if _share(_read(some, form).is_not_null()) >= _SHARE]
        # The day's form of eight digits may be a number as well.
        reading = [form for form in reading if is_named or not form.replace("%", "").isalpha()]
        if reading:
            best = max(reading, key=lambda form: (_share(_read(some, form).is_not_null()), -forms.index(form)))
            read = _read(values, best).drop_nulls()
            other = next((one for one in reading if one != best and _turned(one) == _turned(best)), None)
            if other is not None and best.find("%d") < best.find("%m"):
                best, other = _by_signs(values, best, other)
            return _Held(holding, best, other, None, len(values) - len(read), _low(read), _high(read))  # type: ignore[arg-type]
    return None


def _by_signs(values: pl.Series, day_first: str, month_first: str) -> tuple[str, str]:
    """Return which of two forms is the more likely first: by halves of a day, and as nothing is told ahead of time."""
    latest, now = (_high(_read(values, form).drop_nulls()) for form in (day_first, month_first)), _now()
    is_ahead, other_is_ahead = (one[: len(now)] > now for one in latest)
    is_turned = is_ahead > other_is_ahead or ("%p" in day_first and is_ahead >= other_is_ahead)
    return (month_first, day_first) if is_turned else (day_first, month_first)


def _now() -> str:
    # Of a day, as no zone is known.
    return datetime.now(UTC).date().isoformat()


def _turned(form: str) -> str:
    return form.replace("%d", "%m")


def _number_forms(some: pl.Series) -> list[str]:
    """Return the forms of instants that are numbers, by the size of these."""
    numbers = some.cast(pl.Float64, strict=False)
    if numbers.null_count() > (1 - _SHARE) * len(numbers):
        return []
    found = [form for form, (low, high) in EPOCHS.items() if _share(numbers.is_between(low, high)) >= _SHARE]
    if _share(numbers.is_between(*SERIAL)) >= _SHARE and some.str.contains(r"\.").any():
        found.append("excel_serial")
    return found


def _clock(some: pl.Series, values: pl.Series) -> _Held | None:
    for form, pattern in CLOCKS.items():
        if _share(some.str.contains(pattern)) >= _SHARE:
            return _Held("clock", form, unread=len(values) - int(values.str.contains(pattern).sum()))
    return None


def _duration(some: pl.Series, values: pl.Series) -> _Held | None:
    if _share(some.str.contains(_SIGN_OF_LENGTH)) < _SHARE:
        return None
    for form in DURATION_FORMS:
        if _share(_seconds(some, form).is_not_null()) >= _SHARE:
            read = _seconds(values, form).drop_nulls().cast(pl.Float64)
            other = next(
                (one for one in DURATION_FORMS if one != form and _seconds(some, one).is_not_null().all()), None
            )
            return _Held("duration", form, other, None, len(values) - len(read), *_span(read))
    return None


def _number(name: str, some: pl.Series, values: pl.Series) -> _Held | None:
    for form in NUMBERS:
        plain = pl.select(form.plain(pl.lit(some))).to_series() if len(some) else some
        if _share(plain.is_not_null()) < _SHARE:
            continue
        # Zeros in front say that the digits are a name.
        is_name = some.str.contains(r"^0[0-9]").any() or ID_NAME.search(name) is not None
        if is_name and not some.str.contains(r"[.,]").any():
            return None
        read = pl.select(form.plain(pl.lit(values))).to_series().drop_nulls().cast(pl.Float64)
        holding: Holding = "number" if some.str.contains(r"[.,]").any() else "whole number"
        told = None if form == NumberForm() else form
        return _Held(holding, None, None, told, len(values) - len(read), *_span(read))
    return None


def _text(name: str, some: pl.Series, values: pl.Series) -> _Held:
    lengths = values.str.len_chars()
    span = str(lengths.min()), str(lengths.max())
    has_spaces = _share(some.str.contains(r"\s")) > 1 - _SHARE
    different = some.n_unique()
    if ID_NAME.search(name) or (different > MOST_WORDS and not has_spaces and int(span[1]) <= _LONGEST_ID):
        return _Held("id", lowest=span[0], highest=span[1])
    return _Held("words" if different <= MOST_WORDS else "text", lowest=span[0], highest=span[1])


def _read(texts: pl.Series, form: str) -> pl.Series:
    return pl.DataFrame({"text": texts}).select(time_text(pl.col("text"), (form,)).alias("text"))["text"]


def _seconds(texts: pl.Series, form: str) -> pl.Series:
    return pl.DataFrame({"text": texts}).select(seconds_text(pl.col("text"), form).alias("text"))["text"]


def _share(is_so: pl.Series) -> float:
    return float(is_so.fill_null(value=False).mean() or 0.0)  # type: ignore[arg-type]


def _low(texts: pl.Series) -> str:
    return str(texts.min() or "")


def _high(texts: pl.Series) -> str:
    return str(texts.max() or "")


def _span(numbers: pl.Series) -> tuple[str, str]:
    lowest, highest = (float(str(one)) for one in (numbers.min(), numbers.max()))
    return f"{lowest:.15g}", f"{highest:.15g}"
