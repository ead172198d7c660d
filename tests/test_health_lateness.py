"""Which files of a source came later than its files usually do, worked by hand on the result of the pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import duckdb
import polars as pl

from orchestration.site.store.results import SOURCES

LAST = date(2026, 4, 30)


def lateness(*files: tuple[str, date, int | None]) -> list[tuple[Any, ...]]:
    """What is told of files: source, landing day, days since the youngest record (none: no record has a time)."""
    rows = [
        {"source_id": source, "landing_day": day, "state": "taken", "last_date": day - timedelta(days)}
        if days is not None
        else {"source_id": source, "landing_day": day, "state": "taken", "last_date": None}
        for source, day, days in files
    ]
    with duckdb.connect() as connection:
        connection.register("files", pl.DataFrame(rows, schema_overrides={"last_date": pl.Date}))
        connection.execute("create schema scorecard; create table scorecard.fct_file as from files")
        return connection.execute((SOURCES / "health_lateness.sql").read_text()).fetchall()


def daily(source: str, delays: list[int | None], last: date = LAST) -> list[tuple[str, date, int | None]]:
    """A file a day, the last one on a date."""
    return [(source, last - timedelta(number), days) for number, days in enumerate(reversed(delays))]


def test_late_is_what_took_longer_than_the_middle_of_the_files_of_its_source() -> None:
    # Sorted: 1 1 1 1 1 1 2 4. The middle is a day; two of eight files took longer, the worse one four days.
    told = lateness(*daily("chat", [1, 1, 4, 1, 1, 2, 1, 1]))
    assert told == [("chat", 8, 1, 2, 0.25, 4, date(2026, 4, 28))]


def test_a_source_that_always_takes_three_days_is_not_late() -> None:
    assert lateness(*daily("qa", [3, 3, 3, 3, 3, 0])) == [("qa", 6, 3, 0, 0.0, None, None)]


def test_with_fewer_than_five_landing_days_nothing_is_usual() -> None:
    files = daily("hr", [0, 9, 0, 0]) + daily("hr", [0, 9, 0, 0])
    assert lateness(*files) == [("hr", 8, None, None, None, None, None)]


def test_only_the_last_28_landing_days_of_each_source_are_looked_at() -> None:
    old = [("chat", LAST - timedelta(28), 30), ("chat", LAST - timedelta(27), 1)]
    told = lateness(*old, *daily("chat", [1, 1, 1, 1, 1]), *daily("web", [0] * 5, date(2026, 1, 31)))
    assert told == [("chat", 6, 1, 0, 0.0, None, None), ("web", 5, 0, 0, 0.0, None, None)]


def test_files_whose_records_have_no_time_are_not_counted() -> None:
    assert lateness(*daily("chat", [1, None, 1, 1, 1, 1])) == [("chat", 5, 1, 0, 0.0, None, None)]
