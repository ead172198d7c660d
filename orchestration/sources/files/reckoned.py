"""Instants and lengths of time of which one is reckoned from the other, as column expressions over ISO text."""

from __future__ import annotations

import polars as pl

from orchestration.sources.files.numbers import multiplied
from orchestration.sources.files.time_format import ISO_TEXT

INSTANT = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?$"
)
MICROSECONDS = 1_000_000  # in a second
CLOCK_CHARACTERS = 19  # of 2026-01-05T08:00:00


def instant(text: pl.Expr, zone: str) -> pl.Expr:
    """Return ISO text as instants in UTC, null where it is none; a local time is of the zone, the earlier of two."""
    formed = pl.when(text.str.contains(INSTANT)).then(text)
    clock = formed.str.slice(0, CLOCK_CHARACTERS).str.replace(" ", "T", literal=True)
    fraction = formed.str.extract(r"[.,]([0-9]{1,6})").str.pad_end(6, "0").cast(pl.Int64).fill_null(0)
    local = clock.str.to_datetime("%Y-%m-%dT%H:%M:%S", time_unit="us", strict=False)
    local = local + pl.duration(microseconds=fraction)
    offset = formed.str.slice(CLOCK_CHARACTERS).str.extract("(Z|[+-][0-9:]+)$")
    minutes = 60 * offset.str.extract("^[+-]([0-9]{2})").cast(pl.Int64)
    minutes += offset.str.extract("([0-9]{2})$").cast(pl.Int64) * (offset.str.len_chars() > len("+08")).cast(pl.Int64)
    east = pl.when(offset.str.starts_with("-")).then(-minutes).otherwise(minutes).fill_null(0)
    in_zone = local.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null").dt.convert_time_zone("UTC")
    by_offset = (local - pl.duration(minutes=east)).dt.replace_time_zone("UTC")
    return pl.when(offset.is_null()).then(in_zone).otherwise(by_offset)


def moved(text: pl.Expr, seconds: pl.Expr, zone: str, *, is_earlier: bool) -> pl.Expr:
    """Return ISO text, in UTC, of instants so many seconds later or earlier; null where one of both is none."""
    micros = multiplied(seconds, str(MICROSECONDS)).cast(pl.Decimal(38, 9), strict=False).cast(pl.Int64, strict=False)
    shift = pl.duration(microseconds=-micros if is_earlier else micros)
    return (instant(text, zone) + shift).dt.strftime(ISO_TEXT) + "Z"


def seconds_between(start: pl.Expr, end: pl.Expr, zone: str) -> pl.Expr:
    """Return the seconds from one instant to another as plain decimal text; null where one of both is none."""
    micros = (instant(end, zone) - instant(start, zone)).dt.total_microseconds()
    sign = pl.when(micros < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    whole, rest = micros.abs() // MICROSECONDS, micros.abs() % MICROSECONDS
    return sign + whole.cast(pl.String) + "." + rest.cast(pl.String).str.zfill(6)
