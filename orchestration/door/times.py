"""Times as text become instants in UTC, exactly or not at all.

ISO 8601 with an offset stands for itself. A local time takes the zone of its source: one that happens twice is the
earlier instant and is marked, one that never happens is no time.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

INSTANT_PATTERN = (
    r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])[T ](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    r"(?:[.,][0-9]{1,9})?(?:Z|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)?$"
)
DAY_PATTERN = r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"
OFFSET_AT_END = r"(Z|[+-][0-9]{2}(?::?[0-9]{2})?)$"
CLOCK_CHARACTERS = 19  # of 2026-01-05T08:00:00


@dataclass(frozen=True)
class Instants:
    """Instants (Datetime us UTC, null where there is none) and marks of ambiguous local times, of equal length."""

    instants: pl.Series
    is_ambiguous: pl.Series


def to_instants(text: pl.Series, zone: str) -> Instants:
    """Convert texts that match INSTANT_PATTERN (others may give anything, null included)."""
    clock = _clock_times(text)
    offsets = _offset_texts(text)
    if isinstance(offsets, str):
        return Instants(_shifted(clock, _seconds_of_offset(offsets)), _none_marked(text))
    local = _in_zone(clock, zone)
    if offsets is None:
        return local
    seconds = {offset: _seconds_of_offset(offset) for offset in offsets.drop_nulls().unique()}
    shifts = offsets.replace_strict(seconds, default=None, return_dtype=pl.Int64)
    frame = pl.DataFrame(
        {"clock": clock, "shift": shifts, "local": local.instants, "is_ambiguous": local.is_ambiguous}
    ).select(
        pl.coalesce(
            (pl.col("clock") - pl.duration(seconds=pl.col("shift"))).dt.replace_time_zone("UTC"), pl.col("local")
        ).alias("instant"),
        (pl.col("is_ambiguous") & pl.col("shift").is_null()).alias("is_ambiguous"),
    )
    return Instants(frame["instant"], frame["is_ambiguous"])


def _clock_times(text: pl.Series) -> pl.Series:
    # Both separators by formats of their own: a guessed format would lose whichever comes second.
    head = text.str.slice(0, CLOCK_CHARACTERS)
    clock = head.str.to_datetime("%Y-%m-%dT%H:%M:%S", time_unit="us", strict=False, cache=False)
    if clock.null_count() > text.null_count():
        spaced = head.str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="us", strict=False, cache=False)
        clock = pl.select(pl.coalesce(clock, spaced)).to_series()
    # Plain searches first: most sources write whole seconds, and a pattern costs as much as the times themselves.
    if not any(text.str.contains(sign, literal=True).any() for sign in ".,"):
        return clock
    fraction = text.str.extract(r"[.,]([0-9]{1,6})")
    micros = fraction.str.pad_end(6, "0").cast(pl.Int64, strict=False).fill_null(0)
    return (clock.to_frame("clock").with_columns(micros.alias("micros"))).select(
        pl.col("clock") + pl.duration(microseconds=pl.col("micros"))
    )["clock"]


def _offset_texts(text: pl.Series) -> pl.Series | str | None:
    """Return the one offset that all texts share, or the offset of each, or None if none has one."""
    filled = text.drop_nulls()
    if filled.is_empty():
        return None
    # Looked for behind the clock time only: a mere date ends in what looks like an offset.
    first = filled.head(1).str.slice(CLOCK_CHARACTERS).str.extract(OFFSET_AT_END)[0]
    if first is not None and filled.str.ends_with(first).all():
        return str(first)
    offsets = text.str.slice(CLOCK_CHARACTERS).str.extract(OFFSET_AT_END)
    return None if offsets.null_count() == len(offsets) else offsets


def _seconds_of_offset(offset: str) -> int:
    if offset == "Z":
        return 0
    sign = -1 if offset[0] == "-" else 1
    minutes = int(offset[-2:]) if len(offset) > len("+08") else 0
    return sign * (int(offset[1:3]) * 3600 + minutes * 60)


def _shifted(clock: pl.Series, seconds: int) -> pl.Series:
    shift = pl.duration(seconds=seconds)
    return clock.to_frame("clock").select((pl.col("clock") - shift).dt.replace_time_zone("UTC"))["clock"]


def _in_zone(clock: pl.Series, zone: str) -> Instants:
    instants = clock.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    latest = clock.dt.replace_time_zone(zone, ambiguous="latest", non_existent="null")
    marks = (instants != latest).fill_null(value=False)
    return Instants(instants.dt.convert_time_zone("UTC"), marks)


def _none_marked(text: pl.Series) -> pl.Series:
    return pl.repeat(value=False, n=len(text), dtype=pl.Boolean, eager=True)
