"""Quarantine: what was wrong with which record of a file, and what to do about it; never the record itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from orchestration.landing.names import place_stem
from orchestration.sources.base import REJECT_SCHEMA

ORIGIN = {"source_id": pl.String, "landing_day": pl.Date, "file_name": pl.String}
QUARANTINE_SCHEMA: dict[str, type[pl.DataType]] = ORIGIN | REJECT_SCHEMA
EMPTY_FILE = Path("_") / "_" / "_empty.parquet"


def quarantine_path(quarantine: Path, source: str, day: date, file_name: str) -> Path:
    """Return where the findings about a file stand."""
    return quarantine / source / day.isoformat() / f"{place_stem(file_name)}.parquet"


def write_quarantine(quarantine: Path, source: str, day: date, file_name: str, rejects: pl.DataFrame) -> None:
    """Replace the findings about a file; without any the old ones go."""
    path = quarantine_path(quarantine, source, day, file_name)
    if rejects.is_empty():
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = rejects.sort("record_number", "field", "check_name", nulls_last=True).select(
        pl.lit(source).alias("source_id"),
        pl.lit(day).alias("landing_day"),
        pl.lit(file_name).alias("file_name"),
        *REJECT_SCHEMA,
    )
    written = path.with_name(f".{path.name}.tmp")
    rows.write_parquet(written)
    written.replace(path)


def ensure_empty_quarantine(quarantine: Path) -> None:
    """Give dbt a quarantine to read before anything went wrong."""
    path = quarantine / EMPTY_FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        pl.DataFrame(schema=QUARANTINE_SCHEMA).write_parquet(path)
