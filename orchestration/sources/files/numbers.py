"""Numbers and durations as foreign files write them, as column expressions that give plain decimal text."""

from __future__ import annotations

import re
from typing import Literal, Self, get_args

import polars as pl
from pydantic import BaseModel, ConfigDict, model_validator

NUMBER_PATTERN = r"^[+-]?[0-9]{1,12}(?:\.[0-9]{1,12})?$"
DurationForm = Literal["HH:MM:SS", "MM:SS", "HH:MM", "1h 02m 03s", "ISO 8601"]
DURATION_FORMS: tuple[str, ...] = get_args(DurationForm)
_FRACTION = r"(?:[.,][0-9]{1,9})?"
_SECOND = rf"(?P<second>[0-5]?[0-9]{_FRACTION})"
_DURATIONS: dict[str, str] = {
    # A clock that leaves its hours out where there are none, and some its minutes: 12:05 beside 1:02:03 and :07.
    "HH:MM:SS": rf"^(?:(?:(?P<hour>[0-9]{{1,6}}):)?(?P<minute>[0-5]?[0-9]))?:{_SECOND}$",
    "MM:SS": rf"^(?P<minute>[0-9]{{1,8}})?:{_SECOND}$",
    "HH:MM": r"^(?P<hour>[0-9]{1,6}):(?P<minute>[0-5]?[0-9])$",
    "1h 02m 03s": (
        r"^(?i:(?:(?P<day>[0-9]{1,4}) ?(?:d(?:ays?)?|天) ?)?(?:(?P<hour>[0-9]{1,6}) ?(?:h(?:(?:ou)?rs?)?|小?时) ?)?"
        r"(?:(?P<minute>[0-9]{1,8}) ?(?:m(?:in(?:ute)?s?)?|分钟?) ?)?"
        rf"(?:(?P<second>[0-9]{{1,9}}{_FRACTION}) ?(?:s(?:ec(?:ond)?s?)?|秒钟?))?)$"
    ),
    "ISO 8601": (
        r"^P(?:(?P<day>[0-9]{1,4})D)?(?:T(?:(?P<hour>[0-9]{1,6})H)?(?:(?P<minute>[0-9]{1,8})M)?"
        rf"(?:(?P<second>[0-9]{{1,9}}{_FRACTION})S)?)?$"
    ),
}
_UNITS = {"day": 86_400, "hour": 3_600, "minute": 60, "second": 1}


class NumberForm(BaseModel):
    """How a number is written: the sign before its decimals, and the sign between its thousands if there is one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    decimal: Literal[".", ","] = "."
    thousands: Literal[".", ",", " ", "'"] | None = None

    @model_validator(mode="after")
    def _are_apart(self) -> Self:
        if self.decimal == self.thousands:
            raise ValueError("`decimal` and `thousands` can't be the same sign")
        return self

    @property
    def _thousands(self) -> str:
        # A space between thousands is often one that does not break.
        return "[ \u00a0\u202f]" if self.thousands == " " else re.escape(self.thousands or "")

    def plain(self, text: pl.Expr) -> pl.Expr:
        """Return the number with a point and without signs between thousands; null where it is not of this form."""
        whole = "[0-9]{1,12}"
        if self.thousands:
            whole = f"(?:[0-9]{{1,3}}(?:{self._thousands}[0-9]{{3}}){{1,3}}|{whole})"
        formed = pl.when(text.str.contains(rf"^[+-]?{whole}(?:{re.escape(self.decimal)}[0-9]{{1,12}})?$")).then(text)
        digits = formed.str.replace_all(self._thousands, "") if self.thousands else formed
        return digits.str.replace(self.decimal, ".", literal=True)


def multiplied(text: pl.Expr, factor: str) -> pl.Expr:
    """Return a plain number times a factor; null where the text is none."""
    is_number = text.str.contains(NUMBER_PATTERN)
    # 12 places before the point and 12 after, times a factor, fit into 38 digits.
    number = pl.when(is_number).then(text).cast(pl.Decimal(28, 12), strict=False)
    by = pl.lit(factor).cast(pl.Decimal(38, 12))
    return (number * by).cast(pl.Decimal(38, 9), strict=False).cast(pl.String)


def seconds_text(text: pl.Expr, form: str) -> pl.Expr:
    """Return a duration in seconds; null where the text is not of this form."""
    pattern = _DURATIONS[form]
    parts = [name for name in _UNITS if f"?P<{name}>" in pattern]
    found = text.str.extract_groups(pattern)
    written = [found.struct.field(name) for name in parts]
    is_there = pl.any_horizontal(part.is_not_null() for part in written)
    amounts = [
        part.str.replace(",", ".", literal=True).cast(pl.Decimal(28, 9), strict=False).fill_null(0) * _UNITS[name]
        for name, part in zip(parts, written, strict=True)
    ]
    total = amounts[0]
    for amount in amounts[1:]:
        total = total + amount
    return pl.when(is_there).then(total.cast(pl.Decimal(28, 9)).cast(pl.String))
