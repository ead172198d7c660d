"""Which raw parts the dates of a slice need, and which contacts are seen there in part only."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import date, timedelta

import duckdb
import polars as pl

from orchestration.home.paths import Home
from orchestration.warehouse.slice import known
from orchestration.warehouse.slice.folder import NOWHERE, SLICED
from orchestration.warehouse.slice.parts import Part
from orchestration.warehouse.slice.reach import RowDates, rows_of


def linked_dates(
    connection: duckdb.DuckDBPyConnection,
    dates: Iterable[date],
    added: Iterable[Part],
    around: Set[tuple[str, date]] = frozenset(),
) -> RowDates:
    """Return feed and UTC date of all rows of the contacts of these dates, and of all that may replace one of these.

    `told_key` holds the names of the new rows; what is `around` is read in any case.
    """
    found = connection.execute(
        f"select distinct feed, event_date from {known.RAW_DATE} where contact_date in (select unnest(?))",
        [sorted(dates)],
    ).fetchall()
    linked = {(str(feed), day) for feed, day in found}
    linked |= {(part.feed, part.event_date) for part in added if part.feed in SLICED} | around
    while more := _of_one_name(connection, linked) - linked:
        linked |= more
    return linked


def dates_around(asked: Iterable[date], parts: Iterable[Part]) -> RowDates:
    """Return feed and UTC date of the rows that local dates may hold, whatever is known of these dates."""
    near = {day + timedelta(by) for day in asked for by in (-1, 0, 1)}
    return {(part.feed, part.event_date) for part in parts if part.feed in SLICED and part.event_date in near}


def contacts_elsewhere(
    connection: duckdb.DuckDBPyConnection, home: Home, parts: Iterable[Part], linked: RowDates, dates: Iterable[date]
) -> pl.DataFrame:
    """Return the contacts that have rows among the linked ones and lie on none of the dates."""
    read = [part for part in parts if (part.feed, part.event_date) in linked]
    rows = " union ".join(
        f"select source_id, contact_id from {rows_of(home, [part for part in read if part.feed == feed])}"
        for feed in SLICED
        if any(part.feed == feed for part in read)
    )
    if not rows:
        return NOWHERE
    return connection.execute(
        f"""
        select source_id, contact_id
        from {known.CONTACT}
        semi join ({rows}) as here using (source_id, contact_id)
        where contact_date not in (select unnest(?))
        """,
        [sorted(dates)],
    ).pl()


def _of_one_name(connection: duckdb.DuckDBPyConnection, linked: RowDates) -> RowDates:
    # Of rows of one name one counts: which, only they together tell.
    connection.execute("create or replace temp table linked (feed varchar, event_date date)")
    connection.executemany("insert into linked values (?, ?)", sorted(linked) or [("", date.min)])
    found = connection.execute(
        f"""
        select distinct feed, event_date
        from (select * from {known.ROW_KEY} anti join linked using (feed, event_date))
        semi join (
            select feed, key_hash from {known.ROW_KEY} semi join linked using (feed, event_date)
            union all
            select feed, key_hash from told_key
        ) as names using (feed, key_hash)
        """
    ).fetchall()
    return {(str(feed), day) for feed, day in found}
