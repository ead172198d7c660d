"""From which date on new rows of accounts and queues say something that was not known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import duckdb

from orchestration.home.names import natural_sql
from orchestration.home.paths import Home
from orchestration.landing.parts import content_columns
from orchestration.warehouse.slice.parts import DEFINING, Part
from orchestration.warehouse.slice.reach import rows_of
from schemas import FEEDS


def defined_since(
    connection: duckdb.DuckDBPyConnection, home: Home, before: Iterable[Part], added: Iterable[Part]
) -> date | None:
    """Return the first date from which a version holds that is other than before; None if all said is known.

    Lists that come again and again say mostly what they said before.
    """
    firsts = [_first_change(connection, home, feed, set(before), set(added)) for feed in DEFINING]
    return min((day for day in firsts if day is not None), default=None)


def _first_change(
    connection: duckdb.DuckDBPyConnection, home: Home, feed: str, before: set[Part], added: set[Part]
) -> date | None:
    new = [part for part in added if part.feed == feed]
    if not new:
        return None
    old = [part for part in before if part.feed == feed]
    now = _last_told(home, feed, [*old, *new])
    then = _last_told(home, feed, old) if old else f"select * from ({now}) where false"
    found = connection.execute(f"select min(valid_from) from (({now}) except ({then}))").fetchone()
    day: date | None = found[0] if found else None
    return day


def _last_told(home: Home, feed: str, parts: list[Part]) -> str:
    """Return SQL of the rows that count, by the order in which they were received."""
    columns, keys = ", ".join(content_columns(FEEDS[feed])), ", ".join(FEEDS[feed].key)
    return f"""
        select source_id, {columns}
        from (
            from {rows_of(home, parts)} union all by name select null::bigint as record_version where false
        )
        qualify row_number() over (
            partition by source_id, {keys}
            order by
                record_version desc nulls last, landing_day desc, {natural_sql("file_name")} desc, file_name desc,
                record_number desc, row_in_record desc
        ) = 1
    """
