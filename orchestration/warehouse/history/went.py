"""What is gone since the last publication: files that nobody dropped again, and those that came with other content."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import duckdb
import polars as pl

from orchestration.warehouse.history.came import INCIDENTS, OF_PEOPLE
from orchestration.warehouse.slice.parts import Part
from schemas import FEEDS

_GONE = {
    "feed": pl.String(),
    "source_id": pl.String(),
    "hash_start": pl.String(),
    "first_date": pl.Date(),
    "last_date": pl.Date(),
}
_MARK = "--"
_HASH_SIGNS = 16


def find_gone_rows(connection: duckdb.DuckDBPyConnection, gone: Iterable[Part], taken_again: str) -> None:
    """Note in `cause` what the parts that are gone spoke of; `old` and `new` are the published files.

    `taken_again` is the reason for files that were taken again although they are what they were.

    Their rows are gone with them: the dates are those of their folders, a day more on either side for local time.
    """
    rows = sorted({_placed(part) for part in gone})
    if not rows:
        return
    connection.register("gone_parts", pl.DataFrame(rows, schema=_GONE, orient="row"))
    connection.execute("create or replace temp table gone as from gone_parts")
    _rename_what_came_with_it(connection, taken_again)
    connection.execute(
        f"""
        insert into cause
        select
            case
                when feed in {OF_PEOPLE} then 'staff_or_team'
                when feed = '{INCIDENTS}' then 'incident'
                else coalesce(fate, 'removal')
            end as cause_reason,
            feed, source_id, landing_day, file_name, first_date, last_date, null, null
        from gone
        left join fate using (source_id, hash_start)
        """
    )


def _rename_what_came_with_it(connection: duckdb.DuckDBPyConnection, taken_again: str) -> None:
    """Tell what became of each file that lost its parts; where it came again, its new rows are of the same reason."""
    connection.execute(
        f"""
        create or replace temp table fate as
        select
            files.source_id,
            left(files.file_hash, {_HASH_SIGNS}) as hash_start,
            files.landing_day,
            files.file_name,
            case
                when now.file_hash is null or now.state not in ('taken', 'same_content') then 'removal'
                when now.file_hash = files.file_hash then '{taken_again}'
                else 'correction'
            end as fate
        from old.scorecard.fct_file as files
        left join new.scorecard.fct_file as now
            on
                files.source_id = now.source_id
                and files.landing_day = now.landing_day
                and files.file_name = now.file_name
        where exists (
            select 1 from gone
            where gone.source_id = files.source_id and gone.hash_start = left(files.file_hash, {_HASH_SIGNS})
        )
        """
    )
    connection.execute(
        """
        update cause set cause_reason = fate.fate
        from fate
        where
            cause.source_id = fate.source_id
            and cause.landing_day = fate.landing_day
            and cause.file_name = fate.file_name
            and cause.cause_reason in ('late_data', 'correction')
        """
    )


def _placed(part: Part) -> tuple[object, ...]:
    """Return feed, source, beginning of the file's hash, and the dates of a part, which its place and name tell."""
    source, _, rest = part.name.rpartition(_MARK)
    first, last = part.event_date - timedelta(1), part.event_date + timedelta(1)
    if FEEDS[part.feed].time_column is None:
        first, last = first.min, last.max
    return part.feed, source, rest[:_HASH_SIGNS], first, last
