"""What dbt reads of a slice, in state/slice/: links to raw parts, and three small tables.

A full build is the slice of all dates: every feed is linked whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from orchestration.home.durable import put_frame
from orchestration.home.paths import Home
from orchestration.landing.parts import EMPTY_PART
from orchestration.warehouse.history.store import HistoryStore
from schemas import FEEDS
from schemas.contract import FIRST_INSTANT, LAST_INSTANT

SLICED = tuple(feed.name for feed in FEEDS.values() if feed.is_sliced)
"""The feeds of which only some UTC dates are read; of all others every part is."""

NOWHERE = pl.DataFrame(schema={"source_id": pl.String(), "contact_id": pl.String()})


@dataclass(frozen=True)
class Slice:
    """Dates whose contacts are made anew, and what is read for them.

    linked: sliced feed -> UTC dates all of whose parts are read.
    elsewhere: contacts (source_id, contact_id) that have rows there and whose date is not made anew.
    """

    dates: frozenset[date]
    linked: Mapping[str, frozenset[date]]
    elsewhere: pl.DataFrame = field(default_factory=lambda: NOWHERE)


def slice_folder(home: Home) -> Path:
    """Return the folder that dbt's sources `raw` and `slice` stand for."""
    return home.state / "slice"


def write_whole(home: Home) -> None:
    """Have dbt read every part and make every date anew."""
    folder = _emptied(home)
    for feed in FEEDS:
        (folder / "raw" / feed).symlink_to(home.raw / feed)
    first, last = FIRST_INSTANT.date(), LAST_INSTANT.date()
    # By one day more on either side: local dates run ahead of UTC or behind it.
    dates = [first + timedelta(day) for day in range(-1, (last - first).days + 2)]
    _write_tables(folder, dates, [], NOWHERE)


def write_slice(home: Home, chosen: Slice) -> None:
    """Have dbt read only the parts of a slice and make only its dates anew."""
    folder = _emptied(home)
    for feed in FEEDS:
        place = folder / "raw" / feed
        if feed not in SLICED:
            place.symlink_to(home.raw / feed)
            continue
        place.mkdir()
        names = [EMPTY_PART.parent.name, *(f"event_date={day}" for day in sorted(chosen.linked.get(feed, ())))]
        for name in names:
            if (home.raw / feed / name).is_dir():
                (place / name).symlink_to(home.raw / feed / name)
    linked = sorted((feed, day) for feed, days in chosen.linked.items() for day in days)
    _write_tables(folder, sorted(chosen.dates), linked, chosen.elsewhere)


def _emptied(home: Home) -> Path:
    HistoryStore(home).ensure_empty()
    folder = slice_folder(home)
    shutil.rmtree(folder / "raw", ignore_errors=True)
    (folder / "raw").mkdir(parents=True)
    return folder


def _write_tables(folder: Path, dates: list[date], linked: list[tuple[str, date]], elsewhere: pl.DataFrame) -> None:
    put_frame(folder / "remade_date.parquet", pl.DataFrame({"remade_date": dates}, schema={"remade_date": pl.Date}))
    schema = {"feed": pl.String(), "event_date": pl.Date()}
    put_frame(folder / "linked_date.parquet", pl.DataFrame(linked, schema=schema, orient="row"))
    put_frame(folder / "elsewhere.parquet", elsewhere)
