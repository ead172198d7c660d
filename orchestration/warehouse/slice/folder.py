"""What dbt reads of a slice, in state/slice/: links to raw parts, and small tables of what is made anew.

A full build is the slice of all dates: every feed is linked whole.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from orchestration.home.durable import put_frame
from orchestration.home.ledger_index import ensure_index
from orchestration.home.paths import Home
from orchestration.landing.parts import EMPTY_PART
from orchestration.warehouse.history.store import HistoryStore
from orchestration.warehouse.slice.measured import Frames, nothing
from orchestration.warehouse.slice.packed import drop_packed, link_findings, link_packed
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
    measured: what kept measures and values were made from, and what of them is to be made anew in any case.
    """

    dates: frozenset[date]
    linked: Mapping[str, frozenset[date]]
    elsewhere: pl.DataFrame = field(default_factory=lambda: NOWHERE)
    measured: Frames = field(default_factory=nothing)


def slice_folder(home: Home) -> Path:
    """Return the folder that dbt's sources `raw` and `slice` stand for."""
    return home.state / "slice"


def bytes_read(home: Home) -> int:
    """Return how large the raw parts are that dbt reads of the slice."""
    folders = os.walk(slice_folder(home) / "raw", followlinks=True)
    return sum(os.stat(f"{folder}/{name}").st_size for folder, _, names in folders for name in names)  # noqa: PTH116


def write_whole(home: Home) -> None:
    """Have dbt read every part and make every date anew."""
    folder = _emptied(home)
    drop_packed(home)
    _link_findings(home)
    for feed in FEEDS:
        _link_whole(home, feed)
    first, last = FIRST_INSTANT.date(), LAST_INSTANT.date()
    # By one day more on either side: local dates run ahead of UTC or behind it.
    dates = [first + timedelta(day) for day in range(-1, (last - first).days + 2)]
    _write_tables(folder, [], Slice(frozenset(dates), {}))


def write_slice(home: Home, chosen: Slice) -> None:
    """Have dbt read only the parts of a slice and make only its dates anew."""
    folder = _emptied(home)
    _link_findings(home)
    for feed in FEEDS:
        place = folder / "raw" / feed
        if feed not in SLICED:
            _link_whole(home, feed)
            continue
        place.mkdir()
        names = [EMPTY_PART.parent.name, *(f"event_date={day}" for day in sorted(chosen.linked.get(feed, ())))]
        for name in names:
            if (home.raw / feed / name).is_dir():
                (place / name).symlink_to(home.raw / feed / name)
    linked = sorted((feed, day) for feed, days in chosen.linked.items() for day in days)
    _write_tables(folder, linked, chosen)


def _link_whole(home: Home, feed: str) -> None:
    place = slice_folder(home) / "raw" / feed
    if feed in SLICED:
        # Its months would be as large as what is there: a build of everything reads it as it is.
        place.symlink_to(home.raw / feed)
    else:
        link_packed(home, feed, place)


def _emptied(home: Home) -> Path:
    HistoryStore(home).ensure_empty()
    ensure_index(home)
    folder = slice_folder(home)
    shutil.rmtree(folder / "raw", ignore_errors=True)
    (folder / "raw").mkdir(parents=True)
    return folder


def _link_findings(home: Home) -> None:
    # Beside the feeds, none of which has that name.
    link_findings(home, slice_folder(home) / "raw" / "quarantine")


def _write_tables(folder: Path, linked: list[tuple[str, date]], chosen: Slice) -> None:
    dates = pl.DataFrame({"remade_date": sorted(chosen.dates)}, schema={"remade_date": pl.Date})
    put_frame(folder / "remade_date.parquet", dates)
    schema = {"feed": pl.String(), "event_date": pl.Date()}
    put_frame(folder / "linked_date.parquet", pl.DataFrame(linked, schema=schema, orient="row"))
    put_frame(folder / "elsewhere.parquet", chosen.elsewhere)
    for name, frame in chosen.measured.items():
        put_frame(folder / f"{name}.parquet", frame)
