"""From when to when the data of a build reach for certain: dates that are left alone were made by what they reached.

Only rows are certain that no other row can have replaced: those whose name stands once among what is read.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import duckdb

from orchestration.home.paths import Home
from orchestration.warehouse.slice import known
from orchestration.warehouse.slice.folder import SLICED
from orchestration.warehouse.slice.parts import DATING, Part
from orchestration.warehouse.slice.reach import RowDates, rows_of
from schemas import FEEDS
from schemas.contract import Feed


def latest_us(
    connection: duckdb.DuckDBPyConnection, home: Home, parts: set[Part], linked: RowDates, *, since_us: int
) -> int:
    """Return an instant, in microseconds, that the data reach for certain; 0 if none is seen."""
    connection.execute("create or replace temp table linked_here (feed varchar, event_date date)")
    connection.executemany("insert into linked_here values (?, ?)", sorted(linked) or [("", date.min)])
    left_alone = connection.execute(
        f"select epoch_us(max(last_at)) from {known.ROW_COUNT} anti join linked_here using (feed, event_date)"
    ).fetchone()
    first_date = (datetime.fromtimestamp(since_us / 1_000_000, UTC) - timedelta(1)).date()
    latest = int(left_alone[0] or 0) if left_alone else 0
    for name in DATING:
        if name in SLICED:
            there = [part for part in parts if part.feed == name and (name, part.event_date) in linked]
        else:
            there = [part for part in parts if part.feed == name and part.event_date >= first_date]
        if there:
            latest = max(latest, _latest_of(connection, home, FEEDS[name], there))
    return latest


def first_dates(connection: duckdb.DuckDBPyConnection, home: Home, parts: set[Part], zone: str) -> set[date]:
    """Return the local dates on which the data may begin: one, if the first row of all is certain to count."""
    dating = [part for part in parts if part.feed in DATING]
    first = min((part.event_date for part in dating), default=date.max)
    found: set[date] = set()
    for certain in (False, True):
        firsts = []
        for name in DATING:
            # The local date runs ahead of UTC or behind it.
            there = [part for part in dating if part.feed == name and part.event_date - timedelta(1) <= first]
            if there:
                rows = f"({_certain(home, FEEDS[name], there)})" if certain else rows_of(home, there)
                instant = "make_timestamptz(min(least_us))" if certain else f"min({FEEDS[name].time_column})"
                firsts += connection.execute(
                    f"select cast(timezone(?, {instant}) as date) from {rows}", [zone]
                ).fetchall()
        found.add(min((day for (day,) in firsts if day is not None), default=date.max))
    return found


def _latest_of(connection: duckdb.DuckDBPyConnection, home: Home, feed: Feed, parts: list[Part]) -> int:
    found = connection.execute(f"select max(most_us) from ({_certain(home, feed, parts)})").fetchone()
    return int(found[0] or 0) if found else 0


def _certain(home: Home, feed: Feed, parts: list[Part]) -> str:
    """Return SQL of the first and the last instant of each row that is certain, in microseconds."""
    instants = ", ".join((feed.time_column or "", *feed.dated_by))
    without_id = [f"if({feed.key[0]} is null, {column}, null)" for column in feed.key_without_id]
    name = ", ".join(("source_id", *feed.key, *without_id))
    # A row without an id is replaced by none but its like, which says the same.
    own = f"or any_value({feed.repeats_need}) is null" if feed.repeats_need else ""
    return f"""
        select epoch_us(min({feed.time_column})) as least_us, epoch_us(max(greatest({instants}))) as most_us
        from {rows_of(home, parts)}
        group by {name} having count(*) = 1 {own}
    """
