"""Which local dates of contacts a change of raw parts reaches: new rows, rows that are gone, and the clock.

Each function says one reach, in SQL over the parts and the kept tables; together they are all there are. Too many dates
cost time, one too few would leave a wrong number: where a row could be of either of two dates, both are named.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import duckdb

from orchestration.home.paths import Home
from orchestration.home.sql_text import text_literal
from orchestration.warehouse.slice import known
from orchestration.warehouse.slice.folder import SLICED
from orchestration.warehouse.slice.parts import MARKING, Part
from schemas import FEEDS

Dates = set[date]
RowDates = set[tuple[str, date]]
"""Sliced feed and UTC date of its rows."""


def rows_of(home: Home, parts: Iterable[Part]) -> str:
    """Return SQL of the rows of parts of one feed, as a table."""
    paths = ", ".join(text_literal(part.path(home.raw)) for part in sorted(parts))
    return f"read_parquet([{paths}], hive_partitioning = false, union_by_name = true)"


def find_told(connection: duckdb.DuckDBPyConnection, home: Home, added: Iterable[Part], zone: str) -> None:
    """Make the tables `told` and `told_key`: contacts that new parts speak of, with dates, and names of their rows."""
    connection.execute(
        "create or replace temp table told (source_id varchar, contact_id varchar, told_date date, is_header boolean)"
    )
    connection.execute("create or replace temp table told_key (feed varchar, key_hash ubigint)")
    for feed in SLICED:
        parts = [part for part in added if part.feed == feed]
        if not parts:
            continue
        rows, time, keys = rows_of(home, parts), FEEDS[feed].time_column, ", ".join(FEEDS[feed].key)
        # Each of them may date its contact, also a later one: the first may have been replaced already.
        connection.execute(
            f"""
            insert into told
            select distinct source_id, contact_id, cast(timezone(?, {time}) as date), {feed == "contacts"} from {rows}
            """,
            [zone],
        )
        connection.execute(
            f"insert into told_key select distinct '{feed}', hash(source_id, {keys}) from {rows} "
            f"where {FEEDS[feed].key[0]} is not null"
        )


def told_dates(connection: duckdb.DuckDBPyConnection, removed: set[Part]) -> Dates:
    """Return the dates of the contacts that new parts speak of: those that they had, and those that they may have."""
    # Events and messages date a contact only while it has no header.
    dated = f"select * from {known.FACT} semi join told using (source_id, contact_id) where not is_header_missing"
    if any(part.feed == "contacts" for part in removed):
        dated += " limit 0"
    return _dates(
        connection,
        f"""
        select told_date from told where is_header
        union
        select told_date from told anti join ({dated}) as dated using (source_id, contact_id)
        union
        select contact_date from {known.CONTACT} semi join told using (source_id, contact_id)
        """,
    )


def replaced_dates(connection: duckdb.DuckDBPyConnection, home: Home, parts: set[Part]) -> Dates:
    """Return the dates of contacts a row of which has the name of a new one, whatever contact that one is of."""
    found = connection.execute(
        f"select distinct feed, event_date from {known.ROW_KEY} semi join told_key using (feed, key_hash)"
    ).fetchall()
    return _dates_of_rows(connection, home, parts, {(str(feed), day) for feed, day in found}, "told_key", "replaced")


def marked_dates(
    connection: duckdb.DuckDBPyConnection, home: Home, parts: Iterable[Part], added: Iterable[Part]
) -> Dates:
    """Return the dates of the contacts that new test calls name, or that earlier rows of these test calls named."""
    new = [part for part in added if part.feed == MARKING]
    if not new:
        return set()
    told = rows_of(home, [part for part in parts if part.feed == MARKING])
    keys = ", ".join(("source_id", *FEEDS[MARKING].key))
    return _dates(
        connection,
        f"""
        select contact_date from {known.CONTACT}
        semi join (
            select source_id, contact_id from {told} semi join {rows_of(home, new)} as new using ({keys})
        ) as marked using (source_id, contact_id)
        """,
    )


def headless_dates(connection: duckdb.DuckDBPyConnection, home: Home, parts: set[Part], zone: str) -> Dates:
    """Return all dates of rows of contacts without a header that new parts speak of, or that lose a row to another one.

    Such a contact begins with its first row, whichever that is now.
    """
    connection.execute(
        f"""
        create or replace temp table headless as
        select source_id, contact_id, contact_date
        from {known.FACT}
        where is_header_missing and (source_id, contact_id) in (
            select (source_id, contact_id) from told union all select (source_id, contact_id) from replaced
        )
        """
    )
    return _dates_of_all_rows(connection, home, parts, "headless", zone)


def removed_dates(
    connection: duckdb.DuckDBPyConnection, home: Home, parts: set[Part], removed: set[Part], zone: str
) -> Dates:
    """Return the dates that parts which are gone leave different: of contacts they spoke of, and that come up again."""
    gone = sorted({(part.feed, part.event_date) for part in removed if part.feed in SLICED})
    if not gone:
        return set()
    connection.execute("create or replace temp table gone (feed varchar, event_date date)")
    connection.executemany("insert into gone values (?, ?)", gone)
    dates = _dates(connection, f"select contact_date from {known.RAW_DATE} semi join gone using (feed, event_date)")
    connection.execute(
        f"""
        create or replace temp table gone_key as
        select distinct feed, key_hash from {known.ROW_KEY} semi join gone using (feed, event_date)
        """
    )
    found = connection.execute(
        f"select distinct feed, event_date from {known.ROW_KEY} semi join gone_key using (feed, key_hash) "
        "anti join gone using (feed, event_date)"
    ).fetchall()
    come_up = {(str(feed), day) for feed, day in found}
    dates |= _dates_of_rows(connection, home, parts, come_up, "gone_key", "come_up")
    for _, day in come_up:
        dates |= {day - timedelta(1), day, day + timedelta(1)}
    # A contact without its header, or without its first event, begins with what is left of it.
    headers_gone = any(feed == "contacts" for feed, _ in gone)
    connection.execute(
        f"""
        create or replace temp table left_over as
        select source_id, contact_id, contact_date from {known.FACT}
        where contact_date in (select unnest(?)) and (is_header_missing or {headers_gone})
        """,
        [sorted(dates)],
    )
    return dates | _dates_of_all_rows(connection, home, parts, "left_over", zone)


def dates_since(connection: duckdb.DuckDBPyConnection, since: date) -> Dates:
    """Return the dates of contacts that have rows from a date on, however long before they began."""
    return _dates(
        connection,
        f"select contact_date from {known.RAW_DATE} where greatest(event_date, contact_date) >= ?",
        [since - timedelta(1)],
    )


def clock_dates(connection: duckdb.DuckDBPyConnection) -> Dates:
    """Return the dates whose contacts look different as time goes on: open ones, and those that may come back yet."""
    return _dates(
        connection,
        f"""
        select contact_date from {known.FACT} where is_open or fcr_provisional_cases > 0
        union
        select contact_date from {known.LEG} where end_kind = 'open'
        """,
    )


def kept_dates(connection: duckdb.DuckDBPyConnection) -> Dates:
    """Return every date that has contacts."""
    return _dates(connection, f"select distinct contact_date from {known.CONTACT}")


def before(dates: Iterable[date], window: int) -> Dates:
    """Return the dates with those of a window before each: their contacts look ahead, for the customer's next one."""
    return {day - timedelta(back) for day in dates for back in range(window + 1)}


def _dates_of_all_rows(
    connection: duckdb.DuckDBPyConnection, home: Home, parts: set[Part], contacts: str, zone: str
) -> Dates:
    """Return the local dates of events and messages of the contacts in a table."""
    found = connection.execute(
        f"""
        select distinct feed, event_date from {known.RAW_DATE}
        where contact_date in (select contact_date from {contacts})
        """
    ).fetchall()
    dates: Dates = set()
    for feed in SLICED:
        days = {day for name, day in found if name == feed}
        there = [part for part in parts if part.feed == feed and part.event_date in days]
        if there and feed != "contacts":
            dates |= _dates(
                connection,
                f"""
                select cast(timezone(?, told_at) as date)
                from (
                    select source_id, contact_id, {FEEDS[feed].time_column} as told_at from {rows_of(home, there)}
                )
                semi join {contacts} using (source_id, contact_id)
                """,
                [zone],
            )
    return dates


def _dates_of_rows(
    connection: duckdb.DuckDBPyConnection, home: Home, parts: set[Part], places: RowDates, keys: str, contacts: str
) -> Dates:
    """Return the dates of the contacts that rows of these names are of, and make a table of these contacts."""
    connection.execute(f"create or replace temp table {contacts} (source_id varchar, contact_id varchar)")
    for feed in SLICED:
        there = [part for part in parts if (part.feed, part.event_date) in places and part.feed == feed]
        if there:
            connection.execute(
                f"""
                insert into {contacts}
                select distinct source_id, contact_id from {rows_of(home, there)}
                where hash(source_id, {", ".join(FEEDS[feed].key)}) in (
                    select key_hash from {keys} where feed = '{feed}'
                )
                """
            )
    return _dates(
        connection, f"select contact_date from {known.CONTACT} semi join {contacts} using (source_id, contact_id)"
    )


def _dates(connection: duckdb.DuckDBPyConnection, sql: str, values: list[object] | None = None) -> Dates:
    return {row[0] for row in connection.execute(f"select distinct * from ({sql})", values or []).fetchall()}
