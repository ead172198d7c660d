"""What came since the last publication, by file and by the local dates that it speaks of: late rows, and other ones.

A row that says of the same thing what no row said before is a correction; one that repeats what was said is nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import duckdb

from orchestration.home.paths import Home
from orchestration.home.sql_text import text_literal
from orchestration.landing.parts import content_columns
from orchestration.warehouse.slice import known
from orchestration.warehouse.slice.folder import SLICED
from orchestration.warehouse.slice.parts import Part
from orchestration.warehouse.slice.reach import rows_of
from schemas import FEEDS

OF_PEOPLE = ("agent_accounts", "queues", "staff", "team_memberships", "teams")
"""Feeds whose rows hold from a date on: who somebody was, whose an account was, which team had what."""

INCIDENTS = "platform_incidents"
OF_CONTACTS = (*SLICED, "ratings")
"""Feeds whose rows count on the date of their contact, however much later they speak."""

UNTIL = {"agent_states": "ended_at", "shifts": "ends_at", INCIDENTS: "ended_at"}
"""Where a row speaks of more than the date of its main instant: up to which one."""


def make_table(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table `cause`: a reason, its file, and between which dates it may have changed a value."""
    connection.execute(
        "create or replace temp table cause (cause_reason varchar, feed varchar, source_id varchar, "
        "landing_day date, file_name varchar, first_date date, last_date date, row_count bigint, detail varchar)"
    )


def find_new_rows(
    connection: duckdb.DuckDBPyConnection, home: Home, before: frozenset[Part], now: frozenset[Part], zone: str
) -> None:
    """Note in `cause` what the parts that came since tell, by file and date; `old`, `new`: the published files."""
    came, stayed = _by_feed(now - before), _by_feed(now & before)
    for feed in FEEDS:
        added = came[feed]
        if not added:
            continue
        older = _older(connection, home, feed, added, stayed[feed])
        connection.execute(f"create or replace temp table told_row as {_told_rows(home, feed, added, older)}")
        connection.execute(
            f"""
            insert into cause
            select
                cause_reason, '{feed}', source_id, landing_day, file_name, first_date, last_date,
                count(distinct (record_number, row_in_record)), null
            from ({_dated(feed, zone)})
            where first_date is not null
            group by cause_reason, source_id, landing_day, file_name, first_date, last_date
            """
        )


def _by_feed(parts: Iterable[Part]) -> defaultdict[str, list[Part]]:
    found: defaultdict[str, list[Part]] = defaultdict(list)
    for part in parts:
        found[part.feed].append(part)
    return found


def widen(connection: duckdb.DuckDBPyConnection, window: int) -> None:
    """Have what is told of contacts reach so many days back: an earlier contact is judged by what comes after it."""
    connection.execute(f"update cause set first_date = first_date - {window} where feed in {SLICED}")


def _told_rows(home: Home, feed: str, added: list[Part], older: list[Part]) -> str:
    """Return SQL of the new rows that say something new, with the reason that they are."""
    new = rows_of(home, added)
    old = rows_of(home, older) if older else f"(select * from {new} limit 0)"
    key = f"row(source_id, {', '.join(FEEDS[feed].key)})"
    content = f"row(source_id, {', '.join(content_columns(FEEDS[feed]))})"
    reason = f"if({key} in (select {key} from {old}), 'correction', 'late_data')"
    if feed in OF_PEOPLE or feed == INCIDENTS:
        reason = "'incident'" if feed == INCIDENTS else "'staff_or_team'"
    return f"select *, {reason} as cause_reason from {new} where {content} not in (select {content} from {old})"


def _dated(feed: str, zone: str) -> str:
    """Return SQL of the new rows with the dates each speaks of: its contact's, as it was and as it is, and its own."""
    columns = "cause_reason, source_id, landing_day, file_name, record_number, row_in_record"
    time = FEEDS[feed].time_column
    if feed in OF_PEOPLE:
        return f"select {columns}, valid_from as first_date, date '9999-12-31' as last_date from told_row"
    if time is None:
        return (
            f"select {columns}, review_date as first_date, review_date as last_date from told_row "
            "inner join (select source_id, review_id, review_date from new.scorecard.fct_quality_review) "
            "using (source_id, review_id)"
        )
    last = UNTIL.get(feed, time)
    first, last = (_local_date(column, zone, is_date=feed == "site_visits") for column in (time, last))
    told = [f"select {columns}, {first} as first_date, coalesce({last}, {first}) as last_date from told_row"]
    if feed in OF_CONTACTS:
        told += [
            f"select {columns}, contact_date as first_date, contact_date as last_date from told_row "
            f"inner join (select source_id, contact_id, contact_date from {name}.scorecard.fct_contact) "
            "using (source_id, contact_id)"
            for name in ("old", "new")
        ]
    # However late a rating is, it counts on its contact's date alone.
    return " union all ".join(told if feed in SLICED or feed not in OF_CONTACTS else told[1:])


def _local_date(column: str, zone: str, *, is_date: bool) -> str:
    return column if is_date else f"cast(timezone({text_literal(zone)}, {column}) as date)"


def _older(
    connection: duckdb.DuckDBPyConnection, home: Home, feed: str, added: list[Part], before: list[Part]
) -> list[Part]:
    """Return the earlier parts that may speak of the same things: of the same dates, and of what the kept names say."""
    if FEEDS[feed].time_column is None:
        return before
    days = {part.event_date for part in added}
    if feed in SLICED:
        keys = ", ".join(FEEDS[feed].key)
        found = connection.execute(
            f"""
            select distinct event_date from {known.ROW_KEY}
            where feed = '{feed}' and key_hash in (
                select hash(source_id, {keys}) from {rows_of(home, added)} where {FEEDS[feed].key[0]} is not null
            )
            """
        ).fetchall()
        days |= {day for (day,) in found}
    return [part for part in before if part.event_date in days]
