"""`time_format` of a mapping: what Python's strptime means by it, or refused when centre.yaml is read.

A pattern becomes one regular expression, and its parts are put together as ISO text; the door makes instants of that.
So a day that does not exist is told there, a fraction keeps its digits, and a zone in the text is kept or the text is
no time: `%z` is any offset, `%Z` and a written-out `UTC`, `GMT` or `Z` are UTC.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import cache

import polars as pl

EPOCH_UNITS = {"epoch_seconds": 1_000_000, "epoch_milliseconds": 1_000}
"""Formats of instants that are no patterns, with microseconds per unit."""
SERIAL_DAY_ZERO = {"excel_serial": "1899-12-30", "excel_serial_1904": "1904-01-01"}
"""Formats of local times as a spreadsheet counts them, in days, with the day that is 0."""
NAMED_FORMATS = (*EPOCH_UNITS, *SERIAL_DAY_ZERO)
EPOCH_PATTERN = r"^[0-9]{1,11}(?:\.[0-9]{1,6})?$"
EPOCH_MILLISECONDS_PATTERN = r"^[0-9]{1,14}$"
SERIAL_PATTERN = r"^[0-9]{1,6}(?:\.[0-9]{1,17})?$"
ISO_TEXT = "%Y-%m-%dT%H:%M:%S%.6f"
MONTHS = {
    name.lower(): f"{number:02d}"
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}
_WEEKDAYS = [*calendar.day_name, *calendar.day_abbr]
_SIGNS = {
    "Y": r"(?P<year>[0-9]{4})",
    "y": r"(?P<short_year>[0-9]{2})",
    "m": r"(?P<month>1[0-2]|0?[1-9])",
    "b": r"(?P<month_name>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")",
    "d": r"(?P<day>3[01]|[12][0-9]|0?[1-9]| [1-9])",
    "H": r"(?P<hour>2[0-3]|[01][0-9]|[0-9])",
    "I": r"(?P<half_day_hour>1[0-2]|0?[1-9])",
    "p": r"(?P<half>[ap]\.?m\.?|上午|下午)",
    "M": r"(?P<minute>[0-5]?[0-9])",
    "S": r"(?P<second>[0-5]?[0-9])",
    "f": r"(?P<fraction>[0-9]{1,9})",
    "z": r"(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})",
    "Z": r"(?P<utc>UTC|GMT|Z)",
    "a": "(?:" + "|".join(sorted(_WEEKDAYS, key=len, reverse=True)) + ")",
    "%": "%",
}
"""What each sign may read; English names, as strptime has them where nobody chose another language."""
_SAME = {"B": "b", "h": "b", "A": "a", "e": "d"}
_LONGER = {"F": "%Y-%m-%d", "T": "%H:%M:%S", "R": "%H:%M"}
_TOKEN = re.compile(r"%:z|%\.[369]?f|%.?|\s+|[^%\s]+", re.DOTALL)
_OPTIONAL_FRACTION = r"(?:\.(?P<fraction>[0-9]{1,9}))?"
_UTC_TEXT = re.compile(r"(?<![A-Za-z])(?:UTC|GMT)(?![A-Za-z])|(?<![A-Za-z])Z\s*$")
_OTHER_ZONE = re.compile(
    r"(?<![A-Za-z])(?:[ECMP][SD]T|CES?T|BST|IST|JST|KST|HKT|SGT|MSK|AE[SD]T)(?![A-Za-z])"
    r"|(?<![A-Za-z])[A-Z]{3,5}\)?\s*$|[+-][0-9]{2}:?[0-9]{2}\)?\s*$"
)
_PLAIN_SIGNS = {"%Y", "%m", "%d", "%H", "%M", "%S"}
"""Polars reads these as strptime does, once the text has the form, and several times as quickly."""


@dataclass(frozen=True)
class TimeFormat:
    """A pattern that can be read."""

    pattern: str
    regex: str
    parts: frozenset[str]
    is_utc: bool
    is_plain: bool

    @property
    def has_clock(self) -> bool:
        """Tell whether the pattern reads a time of day."""
        return bool(self.parts & {"hour", "half_day_hour"})

    @property
    def has_zone(self) -> bool:
        """Tell whether the text says which zone its time is in."""
        return self.is_utc or bool(self.parts & {"offset", "utc"})

    def iso_text(self, text: pl.Expr) -> pl.Expr:
        """Return ISO 8601 text, null where the text is not of this form; local times stay local."""
        if self.is_plain:
            formed = pl.when(text.str.contains(self.regex)).then(text)
            iso = "%Y-%m-%dT%H:%M:%S" + ("Z" if self.has_zone else "")
            return formed.str.to_datetime(self.pattern, time_unit="us", strict=False).dt.strftime(iso)
        found = text.str.extract_groups(self.regex)
        part = {name: found.struct.field(name) for name in self.parts}
        written = self._day(part) + (self._clock(part) if self.has_clock else [])
        return pl.when(found.struct.field("day").is_not_null()).then(pl.concat_str(written))

    def _day(self, part: dict[str, pl.Expr]) -> list[pl.Expr]:
        if "year" in part:
            year = part["year"]
        else:
            # POSIX and Python: 69 to 99 are of the last century.
            century = pl.when(part["short_year"] >= "69").then(pl.lit("19")).otherwise(pl.lit("20"))
            year = century + part["short_year"]
        month = _two_digits(part["month"]) if "month" in part else _month_number(part["month_name"])
        return [year, pl.lit("-"), month, pl.lit("-"), _two_digits(part["day"].str.strip_chars())]

    def _clock(self, part: dict[str, pl.Expr]) -> list[pl.Expr]:
        zero = pl.lit("00")
        hour = _two_digits(part["hour"]) if "hour" in part else _hour_of_day(part["half_day_hour"], part["half"])
        minute = _two_digits(part["minute"]) if "minute" in part else zero
        second = _two_digits(part["second"]) if "second" in part else zero
        clock = [pl.lit("T"), hour, pl.lit(":"), minute, pl.lit(":"), second]
        if "fraction" in part:
            clock.append(("." + part["fraction"]).fill_null(""))
        if "offset" in part:
            clock.append(part["offset"].str.to_uppercase())
        elif self.has_zone:
            clock.append(pl.lit("Z"))
        return clock


def _two_digits(text: pl.Expr) -> pl.Expr:
    return text.str.zfill(2)


def _month_number(name: pl.Expr) -> pl.Expr:
    return name.str.to_lowercase().replace_strict(MONTHS, default=None, return_dtype=pl.String)


def _hour_of_day(hour: pl.Expr, half: pl.Expr) -> pl.Expr:
    number = hour.cast(pl.Int32, strict=False) % 12 + pl.when(half.str.contains("^(?i:p|下午)")).then(12).otherwise(0)
    return _two_digits(number.cast(pl.String))


def time_text(text: pl.Expr, formats: tuple[str, ...]) -> pl.Expr:
    """Return ISO text by the first format that reads a text; null where none does. Local times stay local."""
    return pl.coalesce(_by_format(text, one) for one in formats)


def _by_format(text: pl.Expr, one: str) -> pl.Expr:
    if one in EPOCH_UNITS:
        pattern = EPOCH_MILLISECONDS_PATTERN if one == "epoch_milliseconds" else EPOCH_PATTERN
        number = pl.when(text.str.contains(pattern)).then(text).cast(pl.Decimal(28, 6), strict=False)
        micros = (number * EPOCH_UNITS[one]).cast(pl.Int64, strict=False)
        return micros.cast(pl.Datetime("us")).dt.strftime(ISO_TEXT) + "Z"
    if one in SERIAL_DAY_ZERO:
        days = pl.when(text.str.contains(SERIAL_PATTERN)).then(text).cast(pl.Float64, strict=False)
        # A spreadsheet's 15 digits hold no more than a time's milliseconds.
        since = pl.duration(milliseconds=(days * 86_400_000).round().cast(pl.Int64))
        zero = pl.lit(SERIAL_DAY_ZERO[one]).str.to_datetime("%Y-%m-%d", time_unit="us")
        return (zero + since).dt.strftime(ISO_TEXT)
    return read_format(one).iso_text(text)


def refuse_unreadable(formats: tuple[str, ...]) -> None:
    """Refuse formats that can't be read, or of which one text may mean two times. Raises ValueError with the remedy."""
    for at, one in enumerate(formats):
        if one not in NAMED_FORMATS:
            read_format(one)
        turned = one.translate({ord("d"): "m", ord("m"): "d"})
        if turned != one and turned in formats[:at]:
            raise ValueError(
                f"`time_format` {formats} reads 05/06 as two days; keep the order of day and month that the system has"
            )


@cache
def read_format(pattern: str) -> TimeFormat:
    """Return how a pattern is read. Raises ValueError with the remedy if it can't be read as strptime would."""
    for sign, longer in _LONGER.items():
        pattern = pattern.replace(f"%{sign}", longer)
    tokens = _TOKEN.findall(pattern)
    regex = "".join(_regex_of(token, pattern) for token in tokens)
    literal = "".join(" " if token.startswith("%") else token for token in tokens)
    _refuse_other_zone(literal, pattern)
    parts = re.findall(r"\?P<(\w+)>", regex)
    if len(parts) != len(set(parts)):
        raise ValueError(f"`time_format` {pattern!r} names a part of the time twice; keep one of them")
    _refuse_missing_parts(set(parts), pattern)
    signs = {token for token in tokens if token.startswith("%")}
    is_plain = signs <= _PLAIN_SIGNS and {"hour", "minute"} <= set(parts)
    is_utc = _UTC_TEXT.search(literal) is not None
    return TimeFormat(pattern, f"^(?i:{regex})$", frozenset(parts), is_utc, is_plain)


def _regex_of(part: str, pattern: str) -> str:
    if part.isspace():
        return r"\s+"
    if not part.startswith("%"):
        return re.escape(part)
    if part.endswith("f") and part != "%f":
        return _OPTIONAL_FRACTION
    sign = "z" if part == "%:z" else _SAME.get(part[1:], part[1:])
    if sign not in _SIGNS:
        raise ValueError(
            f"`time_format` {pattern!r}: {part} can't be read; there are "
            f"{', '.join(f'%{sign}' for sign in (*_SIGNS, *_SAME))}, or {', '.join(NAMED_FORMATS)}"
        )
    return _SIGNS[sign]


def _refuse_other_zone(literal: str, pattern: str) -> None:
    if _OTHER_ZONE.search(literal) and not _UTC_TEXT.search(literal):
        raise ValueError(
            f"`time_format` {pattern!r} has a zone as plain text, which would be dropped; write %z for offsets, %Z "
            "for UTC, or leave the zone out of the export and give the source a `time_zone`"
        )


def _refuse_missing_parts(parts: set[str], pattern: str) -> None:
    needed = [("year", "short_year", "%Y"), ("month", "month_name", "%m"), ("day", "day", "%d")]
    if parts & {"minute", "second", "fraction", "offset", "utc", "half"}:
        needed.append(("hour", "half_day_hour", "%H"))
    if "half_day_hour" in parts:
        needed.append(("half", "half", "%p"))
    absent = [sign for one, other, sign in needed if not parts & {one, other}]
    if absent:
        raise ValueError(f"`time_format` {pattern!r} has no {', '.join(absent)}, so it can't tell a time; add it")


def refuse_misfit(header: str, kind: pl.DataType, pattern: str) -> None:
    """Refuse a format that can't give what a column of the contract holds. Raises ValueError with the remedy."""
    if kind == pl.Datetime:
        if pattern not in NAMED_FORMATS and not read_format(pattern).has_clock:
            raise ValueError(f"`{header}` is an instant, but `time_format` {pattern!r} reads no clock time; add %H:%M")
    elif kind == pl.Date:
        if pattern in EPOCH_UNITS or (pattern not in SERIAL_DAY_ZERO and read_format(pattern).has_zone):
            raise ValueError(
                f"`{header}` is a local date, but `time_format` {pattern!r} reads instants; map one with the date"
            )
    else:
        raise ValueError(f"`{header}` is neither instant nor date; `time_format` does not belong to it")
