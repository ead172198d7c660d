"""Quarantine: what was wrong with which record of a file, and what to do about it; never the record itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from orchestration.home.durable import ensure_frame, put_frame
from orchestration.home.names import place_stem
from orchestration.readers.findings import REJECT_SCHEMA

ORIGIN = {"source_id": pl.String, "landing_day": pl.Date, "file_name": pl.String}
QUARANTINE_SCHEMA: dict[str, type[pl.DataType]] = ORIGIN | REJECT_SCHEMA
EMPTY_FILE = Path("_") / "_" / "_empty.parquet"


def write_quarantine(
    quarantine: Path, source: str, day: date, file_name: str, taking: str, rejects: pl.DataFrame
) -> str | None:
    """Write the findings about a file and return their name below quarantine/, None if there are none.

    `taking` makes the name new, so that findings that count are never written over.
    """
    if rejects.is_empty():
        return None
    rows = rejects.sort("record_number", "field", "check_name", nulls_last=True).select(
        pl.lit(source).alias("source_id"),
        pl.lit(day).alias("landing_day"),
        pl.lit(file_name).alias("file_name"),
        *REJECT_SCHEMA,
    )
    name = f"{source}/{day.isoformat()}/{place_stem(file_name)}--{taking}.parquet"
    put_frame(quarantine / name, rows)
    return name


def old_name(source: str, day: date, file_name: str) -> str:
    """Return where findings stood when they were written in place, which records of form 1 did not say."""
    return f"{source}/{day.isoformat()}/{place_stem(file_name)}.parquet"


def ensure_empty_quarantine(quarantine: Path) -> None:
    """Give dbt a quarantine to read before anything went wrong."""
    ensure_frame(quarantine / EMPTY_FILE, pl.DataFrame(schema=QUARANTINE_SCHEMA))
