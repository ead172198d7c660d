"""What went on purpose, as publications told it in history/retention/: limits before which nothing is kept any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from orchestration.home.kept_json import read_kept, stamp
from orchestration.home.paths import Home

AREAS = ("records", "landing", "quarantine")


@dataclass(frozen=True)
class Retained:
    """Days before which nothing of an area is kept; an area that is not named is kept whole.

    gone_before: area -> landing day of files and findings, UTC date of rows of records.
    kept_from: the local date from which on values are reckoned from records; those of periods that begin earlier stay
    as they were published last.
    """

    gone_before: dict[str, date]
    kept_from: date | None


def retained(home: Home) -> Retained:
    """Return the limits of all publications that are in place."""
    return _limits(home.history, stamp(home.history / "published.json"))


@lru_cache(maxsize=8)
def _limits(history: Path, published: str | None) -> Retained:
    # Each file that is taken asks, and a home of years has hundreds of publications: they are read once for each state
    # of published.json, of which `published` is the stamp.
    if published is None:
        return Retained({}, None)
    last = int((read_kept(history / "published.json") or {}).get("number", 0))
    paths = [path for path in (history / "retention").glob("*.parquet") if 0 < int(path.stem) <= last]
    if not paths:
        return Retained({}, None)
    rows = pl.concat([pl.read_parquet(path, columns=["area", "gone_before", "kept_from"]) for path in paths])
    limits = rows.group_by("area").agg(pl.col("gone_before", "kept_from").max()).sort("area")
    kept_from = limits.filter(pl.col("area") == "records")["kept_from"]
    return Retained(
        dict(limits.select("area", "gone_before").iter_rows()),
        kept_from.item() if len(kept_from) else None,
    )


def day_before(day: date, span: str) -> date:
    """Return the day that lies a span such as 90d, 25mo or 2y before another; 31 March less a month is 28 February."""
    return pl.Series([day]).dt.offset_by(f"-{span}").item()  # type: ignore[no-any-return]
