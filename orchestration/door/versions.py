"""Versions of records as numbers: the greater one is the newer telling, whatever the order of receipt."""

from __future__ import annotations

import polars as pl

from orchestration.door.times import to_instants

VERSION_COLUMN = "record_version"


def version_numbers(text: pl.Series, zone: str) -> pl.Series:
    """Return whole numbers as they stand, and instants as microseconds since 1970; null where a record has neither.

    Local times are of the zone.
    """
    if text.null_count() == len(text):
        return text.cast(pl.Int64)
    numbers = text.cast(pl.Int64, strict=False)
    micros = to_instants(text, zone).instants.dt.epoch("us")
    return pl.select(pl.coalesce(numbers, micros)).to_series().rename(VERSION_COLUMN)
