"""The partitions of landing: one per day on which files were dropped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from dagster import DailyPartitionsDefinition

FIRST_DAY = date(1990, 1, 1)
"""Logs older than this are not expected; the landing day is the day of the drop, not of the events."""

LANDING_DAYS = DailyPartitionsDefinition(start_date=FIRST_DAY.isoformat(), timezone="UTC", end_offset=1)
"""Static days, today among them: ranges over dynamic partitions follow the order of insertion and lose late days."""

MAX_GAP = timedelta(days=30)
"""A range run writes an event per day in it, so that two far ends are cheaper as two ranges."""


def day_ranges(days: Iterable[date]) -> list[tuple[date, date]]:
    """Return the days as a few ranges (first, last), in order, split where a gap is longer than MAX_GAP."""
    ranges: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if ranges and day - ranges[-1][1] <= MAX_GAP:
            ranges[-1] = (ranges[-1][0], day)
        else:
            ranges.append((day, day))
    return ranges
